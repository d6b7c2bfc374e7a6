import { ATTEMPT_ERRORS } from "@hooklane/core";
import { z } from "zod";
import { time } from "./lists.js";

const STATS_RANGES = ["1h", "24h", "7d"] as const;

/** Query of `GET /v1/webhooks/{id}/stats/series` and `GET /v1/workspace/stats` */
export const statsRangeQuery = z.strictObject({
  range: z
    .enum(STATS_RANGES)
    .default("24h")
    .meta({ description: "How far back: 12 buckets of 5 minutes, 24 of an hour, 28 of 6 hours" }),
});

const count = z.number().int().nonnegative();
const rate = z.number().min(0).max(1).nullable();
const milliseconds = z.number().nonnegative().nullable();

const requestSums = {
  delivered: count.meta({ description: "Requests the receiver answered as wanted" }),
  failed: count.meta({ description: "Requests that failed, each try for itself" }),
  deadLetters: count.meta({ description: "Deliveries given up" }),
  successRate: rate.meta({ description: "Delivered, of all requests; null: there were none" }),
  p50Ms: milliseconds.meta({ description: "Read from bins in which durations double in three: ±12 %" }),
  p95Ms: milliseconds,
};

const statsBucket = z
  .strictObject({ at: time.meta({ description: "Its beginning" }), ...requestSums })
  .meta({ id: "StatsBucket" });
export type StatsBucketAnswer = z.input<typeof statsBucket>;

const failureReason = z
  .strictObject({
    error: z.enum(ATTEMPT_ERRORS),
    statusCode: z.number().int().optional().meta({ description: "Of `status`" }),
    count,
  })
  .meta({ id: "FailureReasonCount" });

const series = {
  range: z.enum(STATS_RANGES),
  from: time.meta({ description: "The beginning of the first bucket" }),
  to: time.meta({ description: "Now: the last bucket is not over" }),
  bucketSeconds: count,
  total: z.strictObject(requestSums),
  buckets: z
    .array(statsBucket)
    .meta({ description: "Oldest first, empty ones too; by when requests began, a few seconds behind" }),
  reasons: z.array(failureReason).meta({ description: "Why requests failed, most first: 10 at most" }),
};

/** 200 of `GET /v1/webhooks/{id}/stats/series` */
export const webhookStatsSeries = z
  .strictObject({ webhookId: z.string(), ...series })
  .meta({ id: "WebhookStatsSeries" });
export type WebhookStatsSeriesAnswer = z.input<typeof webhookStatsSeries>;

const notableWebhook = z
  .strictObject({ webhookId: z.string(), ...requestSums })
  .meta({ id: "NotableWebhook" });
export type NotableWebhookAnswer = z.input<typeof notableWebhook>;

const longQueue = z
  .strictObject({
    endpointId: z.string(),
    webhookIds: z.array(z.string()).meta({ description: "Those that share the line" }),
    deliveries: count.meta({ description: "Queued or being retried, as far as known" }),
    isAtLeast: z.boolean().meta({ description: "There are more than were counted" }),
    oldestAcceptedAt: time.optional(),
    nextAttemptAt: time.optional(),
  })
  .meta({ id: "LongQueue" });
export type LongQueueAnswer = z.input<typeof longQueue>;

/** 200 of `GET /v1/workspace/stats` */
export const workspaceStats = z
  .strictObject({
    ...series,
    webhooks: z
      .strictObject({
        from: time.meta({ description: "Later than asked for when there are very many webhooks" }),
        failing: z.array(notableWebhook).meta({ description: "Those that failed most: 5 at most" }),
        slowest: z.array(notableWebhook).meta({ description: "The highest p95: 5 at most" }),
      })
      .meta({ description: "Webhooks that stand out" }),
    queues: z.array(longQueue).meta({ description: "Endpoints with the longest line now: 5 at most" }),
  })
  .meta({ id: "WorkspaceStats" });
export type WorkspaceStatsAnswer = z.input<typeof workspaceStats>;
