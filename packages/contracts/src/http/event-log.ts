import { EVENT_SOURCES, UNMATCHED_REASONS } from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time, timeQuery } from "./lists.js";

/** Query of `GET /v1/events` */
export const eventListQuery = listQuery.extend({
  type: z.string().max(200).optional(),
  status: z.enum(["accepted", "suppressed"]).optional(),
  from: timeQuery.optional().meta({ description: "Accepted at or after" }),
  to: timeQuery.optional().meta({ description: "Accepted before" }),
});

export const loggedEvent = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    timestamp: z.string().meta({ description: "As the producer wrote it" }),
    source: z.enum(EVENT_SOURCES),
    status: z.enum(["accepted", "suppressed"]),
    acceptedAt: time,
    schemaWarning: z
      .string()
      .optional()
      .meta({ description: "What did not fit the schema, with `validation: warn`" }),
  })
  .meta({ id: "Event" });

export const loggedEventList = listOf(loggedEvent, "EventList");

/** `GET /v1/events/{id}` */
export const loggedEventWithData = loggedEvent
  .extend({
    data: z.unknown().meta({ description: "Fields the workspace redacts are `[redacted]`" }),
    deliveryIds: z.array(z.string()),
  })
  .meta({ id: "EventWithData" });

/** `GET /v1/events/{id}/explain` */
export const explanation = z
  .strictObject({
    matched: z.array(z.strictObject({ webhookId: z.string(), deliveryId: z.string() })),
    unmatched: z.array(z.strictObject({ webhookId: z.string(), reason: z.enum(UNMATCHED_REASONS) })),
  })
  .meta({ id: "Explanation" });
