import { CONDITION_OPERATORS } from "@hooklane/core";
import { z } from "zod";
import { ingestEvent } from "../ingest.js";
import { refuse, type RefineContext } from "../refuse.js";
import { filter } from "./filter.js";

/** One of two has to be given, and not both. */
const CHOICES = [
  ["filter", "webhookId"],
  ["event", "eventId"],
] as const;

function refuseMixed(
  given: Partial<Record<(typeof CHOICES)[number][number], unknown>>,
  context: RefineContext,
): void {
  for (const [one, other] of CHOICES) {
    const isGiven = [given[one], given[other]].map((value) => value !== undefined);
    if (isGiven.every(Boolean)) refuse(context, [other], "excluded_by", `is excluded by ${one}`);
    if (!isGiven.some(Boolean)) refuse(context, [one], "required", `is required, or ${other}`);
  }
}

/** `POST /v1/webhooks/test-filter` */
export const testFilter = z
  .strictObject({
    filter: filter.optional(),
    webhookId: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: "Its filter as it is saved; without one every event matches" }),
    event: ingestEvent
      .omit({ deliverAt: true })
      .optional()
      .meta({ description: "As it would be sent to `POST /v1/events`; its type need not be known" }),
    eventId: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: "One of the event log; redacted fields stay redacted, for the filter too" }),
  })
  .superRefine(refuseMixed)
  .meta({ id: "TestFilter" });
export type TestFilter = z.output<typeof testFilter>;

const condition = z
  .strictObject({
    at: z.string().meta({ description: "Where it stands in the filter: `$or.0.data.plan.$eq`" }),
    path: z.string().meta({ description: "Dotted, in the event" }),
    operator: z.enum(CONDITION_OPERATORS),
    expected: z.unknown().meta({ description: "As it stands in the filter" }),
    actual: z.unknown().optional().meta({
      description: "What the event has there; absent: nothing. Long ones are cut, and are texts then",
    }),
    matched: z.boolean().meta({ description: "By itself, whatever joins it to others" }),
  })
  .meta({ id: "FilterCondition" });

/** 200 of `POST /v1/webhooks/test-filter` */
export const filterTested = z
  .strictObject({
    matched: z.boolean(),
    failure: z
      .enum(["too_many_steps", "failed"])
      .optional()
      .meta({ description: "Why the filter was given up on this event: it does not match then" }),
    conditions: z.array(condition),
  })
  .meta({ id: "FilterTested" });
export type FilterTested = z.input<typeof filterTested>;
