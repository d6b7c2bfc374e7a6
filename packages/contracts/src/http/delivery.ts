import { ATTEMPT_ERRORS, ATTEMPT_TRIGGERS, DELIVERY_STATUSES, SETTLE_REASONS } from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time, timeQuery } from "./lists.js";

/** Query of `GET /v1/webhooks/{id}/deliveries` */
export const webhookDeliveriesQuery = listQuery.extend({
  eventId: z.string().min(1).max(300).optional(),
  eventType: z.string().max(200).optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  from: timeQuery.optional().meta({ description: "Event accepted at or after" }),
  to: timeQuery.optional().meta({ description: "Event accepted before" }),
});

/** Query of `GET /v1/deliveries` */
export const deliveryListQuery = webhookDeliveriesQuery.extend({
  webhookId: z.string().max(300).optional(),
});

const attempt = z
  .strictObject({
    number: z.number().int(),
    trigger: z.enum(ATTEMPT_TRIGGERS),
    startedAt: time,
    durationMs: z.number(),
    statusCode: z.number().int().optional(),
    error: z.enum(ATTEMPT_ERRORS).optional(),
    errorDetail: z.string().optional(),
    responseHead: z.string().optional().meta({ description: "First bytes of the answer" }),
  })
  .meta({ id: "Attempt" });

export const delivery = z
  .strictObject({
    id: z.string(),
    eventId: z.string(),
    eventType: z.string(),
    webhookId: z.string(),
    endpointId: z.string(),
    batchId: z.string().optional(),
    resendOf: z.string().optional().meta({ description: "The delivery this one sends once more" }),
    status: z.enum(DELIVERY_STATUSES),
    reason: z.enum(SETTLE_REASONS).optional().meta({ description: "Why it was settled without success" }),
    acceptedAt: time,
    settledAt: time.optional(),
    nextAttemptAt: time.optional(),
    attempts: z.array(attempt),
  })
  .meta({ id: "Delivery" });
export type DeliveryAnswer = z.input<typeof delivery>;

export const deliveryList = listOf(delivery, "DeliveryList");
