import { EVENT_SOURCES, UNMATCHED_REASONS } from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time, timeQuery } from "./lists.js";

/** `scheduled` ones wait for their `deliverAt`; released, they are `accepted`; `cancelled`, never sent (product.md O3). */
export const LOGGED_EVENT_STATUSES = ["accepted", "suppressed", "scheduled", "cancelled"] as const;
export type LoggedEventStatus = (typeof LOGGED_EVENT_STATUSES)[number];

/** Query of `GET /v1/events` */
export const eventListQuery = listQuery.extend({
  type: z.string().max(200).optional(),
  status: z.enum(LOGGED_EVENT_STATUSES).optional(),
  from: timeQuery.optional().meta({ description: "Accepted at or after" }),
  to: timeQuery.optional().meta({ description: "Accepted before" }),
});

export const loggedEvent = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    timestamp: z.string().meta({ description: "As the producer wrote it" }),
    source: z.enum(EVENT_SOURCES),
    status: z.enum(LOGGED_EVENT_STATUSES),
    acceptedAt: time.meta({
      description: "ISO 8601, UTC. Of a scheduled event that is due: when it was released",
    }),
    deliverAt: time.optional().meta({ description: "What it was scheduled for" }),
    isTest: z
      .literal(true)
      .optional()
      .meta({ description: "A test event: sent to one webhook by its `test` call" }),
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
    deliveryIds: z.array(z.string()).meta({ description: "Resends among them, last" }),
  })
  .meta({ id: "EventWithData" });

/** `GET /v1/events/{id}/explain` */
export const explanation = z
  .strictObject({
    matched: z.array(z.strictObject({ webhookId: z.string(), deliveryId: z.string() })),
    unmatched: z.array(z.strictObject({ webhookId: z.string(), reason: z.enum(UNMATCHED_REASONS) })),
  })
  .meta({ id: "Explanation" });
