import { DISABLE_REASONS, WEBHOOK_STATUSES } from "@hooklane/core";
import { z } from "zod";
import { delivery, deliveryListQuery } from "./delivery.js";
import { time } from "./lists.js";

/** Query of `GET /v1/stream`: those of `GET /v1/deliveries` that one delivery answers by itself. */
export const streamQuery = z.strictObject({
  webhookId: deliveryListQuery.shape.webhookId.meta({ description: "Events `delivery` and `webhook`" }),
  eventId: deliveryListQuery.shape.eventId.meta({ description: "Events `delivery`" }),
  eventType: deliveryListQuery.shape.eventType.meta({ description: "Events `delivery`" }),
  status: deliveryListQuery.shape.status.meta({ description: "Events `delivery`: the state it came into" }),
});
export type StreamQuery = z.output<typeof streamQuery>;

const streamedWebhook = z
  .strictObject({
    id: z.string(),
    status: z.enum(WEBHOOK_STATUSES),
    statusReason: z
      .enum(DISABLE_REASONS)
      .optional()
      .meta({ description: "Why it was disabled, while `auto_disabled`" }),
    generation: z.number().int(),
    version: z
      .number()
      .int()
      .meta({ description: "Raised by every change; read it again when it is higher" }),
    deletedAt: time.optional(),
  })
  .meta({ id: "StreamedWebhook" });
export type StreamedWebhook = z.input<typeof streamedWebhook>;

const streamedQuota = z
  .strictObject({
    used: z.number().int(),
    limit: z.number().int(),
    windowMinutes: z.number(),
  })
  .meta({ id: "StreamedQuota" });
export type StreamedQuota = z.input<typeof streamedQuota>;

/** Why a stream does not go on where the client was. */
export const RESET_REASONS = [
  /** `Last-Event-ID` is not one we gave. */
  "unknown_position",
  /** It is too long ago. */
  "too_old",
  /** The database does not have what came in between any more. */
  "history_lost",
] as const;
export type ResetReason = (typeof RESET_REASONS)[number];

const id = z.string().meta({
  description: "The position behind this event, for `Last-Event-ID`; opaque, 200 characters at most",
});

const eventOf = <Name extends string, Data extends z.ZodType>(name: Name, data: Data, description: string) =>
  z.strictObject({ event: z.literal(name), id, data }).meta({ description });

/** An event of `GET /v1/stream` as a client reads it: `data` is JSON. */
export const streamEvent = z
  .discriminatedUnion("event", [
    eventOf(
      "delivery",
      delivery,
      "A delivery that was decided, or whose state changed, as `GET /v1/deliveries` shows it",
    ),
    eventOf("webhook", streamedWebhook, "A webhook that was made, changed or deleted"),
    eventOf("quota", streamedQuota, "A failed attempt was counted. Errors leave the window without an event"),
    eventOf(
      "reset",
      z.strictObject({ reason: z.enum(RESET_REASONS) }),
      "What came since `Last-Event-ID` cannot be told: read the lists again. What comes from now on follows",
    ),
    eventOf(
      "ping",
      z.strictObject({}),
      "First of all, and whenever nothing was sent for a while: everything up to `id` was sent",
    ),
  ])
  .meta({ id: "StreamEvent" });
export type StreamEvent = z.input<typeof streamEvent>;
