import { z } from "zod";
import { time } from "./lists.js";

/** Hours the statistics go back at most. */
export const STATS_HOURS_MAX = 30 * 24;

/** Query of `GET /v1/webhooks/{id}/stats` */
export const webhookStatsQuery = z.strictObject({
  hours: z.coerce
    .number()
    .int()
    .min(1)
    .max(STATS_HOURS_MAX)
    .default(24)
    .meta({
      description: "How far back, by when events were accepted",
      override: { type: "integer", minimum: 1, maximum: STATS_HOURS_MAX, default: 24 },
    }),
});

const count = z.number().int().nonnegative();

/** 200 of `GET /v1/webhooks/{id}/stats` */
export const webhookStats = z
  .strictObject({
    webhookId: z.string(),
    from: time.meta({ description: "What is counted begins here" }),
    to: time,
    isShortened: z.boolean().meta({
      description:
        "There is so much that `from` is later than asked for: the newest 100,000 of a state at most",
    }),
    deliveries: z
      .strictObject({
        delivered: count,
        dead_letter: count,
        skipped: count,
        cancelled: count,
        retrying: count,
      })
      .meta({ description: "By outcome; what is pending is in `queue`" }),
    successRate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: "Delivered, of delivered and dead letters; null: there were none" }),
    attempts: z
      .strictObject({
        sampled: count.meta({ description: "Attempts of the newest 1,000 deliveries that were sent" }),
        p50Ms: z.number().nullable(),
        p95Ms: z.number().nullable(),
      })
      .meta({ description: "How long attempts took; null: there were none" }),
    queue: z
      .strictObject({
        deliveries: count.meta({ description: "Queued or being retried, as far as known" }),
        isAtLeast: z.boolean().meta({ description: "There are more than were counted" }),
        oldestAcceptedAt: time.optional().meta({ description: "Of what waits longest" }),
        oldestWaitingSeconds: z.number().nonnegative().optional(),
        nextAttemptAt: time.optional().meta({ description: "While the line waits for a retry" }),
      })
      .meta({ description: "The endpoint's line, which other webhooks of the same URL may share" }),
  })
  .meta({ id: "WebhookStats" });
export type WebhookStatsAnswer = z.input<typeof webhookStats>;
