import { EVENT_SOURCES } from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "./lists.js";

/** An event that waits for its `deliverAt` (product.md O3). */
export const scheduledEvent = z
  .strictObject({
    id: z.string(),
    type: z.string(),
    source: z.enum(EVENT_SOURCES),
    acceptedAt: time,
    deliverAt: time.meta({ description: "ISO 8601, UTC. It is matched and put in line then" }),
    schemaWarning: z
      .string()
      .optional()
      .meta({ description: "What did not fit the schema, with `validation: warn`" }),
  })
  .meta({ id: "ScheduledEvent" });
export type ScheduledEventAnswer = z.input<typeof scheduledEvent>;

/** 200 of `GET /v1/events/scheduled` */
export const scheduledEventList = listOf(scheduledEvent, "ScheduledEventList");
