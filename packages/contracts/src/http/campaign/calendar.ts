import { TOUCHPOINT_STATUSES } from "@hooklane/core";
import { z } from "zod";
import { LIST_LIMIT_MAX, listQuery, time } from "../lists.js";
import { refuse } from "../refuse.js";
import { touchpointCounts } from "./touchpoint.js";

const DAYS_MAX = 92;
const DAY_MS = 86_400_000;

const date = z.iso.date();

/** Query of `GET /v1/campaigns/calendar`. */
export const calendarQuery = listQuery
  .extend({
    limit: listQuery.shape.limit.default(LIST_LIMIT_MAX),
    from: date.meta({ description: "First day, in the workspace's time zone" }),
    to: date.meta({ description: `Last day; at most ${DAYS_MAX} days together` }),
  })
  .superRefine(({ from, to }, context) => {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
    if (days < 1) refuse(context, ["to"], "too_small", "must not be before from");
    if (days > DAYS_MAX) refuse(context, ["to"], "too_large", `must be within ${DAYS_MAX} days of from`);
  });

const entry = z
  .strictObject({
    campaignId: z.string(),
    campaignName: z.string(),
    touchpointId: z.string(),
    name: z.string(),
    dueAt: time,
    status: z.enum(TOUCHPOINT_STATUSES),
    counts: touchpointCounts,
  })
  .meta({ id: "CalendarEntry" });
export type CalendarEntry = z.input<typeof entry>;

/** `limit` is of entries: a day with many goes on in the next page. */
export const calendar = z
  .strictObject({
    timeZone: z.string().meta({ description: "The workspace's: whose days they are" }),
    data: z
      .array(z.strictObject({ date, entries: z.array(entry) }))
      .meta({ description: "Days that have touchpoints, in order; their entries by the time they are due" }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: "Null at the end; a day can go on in the next page" }),
  })
  .meta({ id: "Calendar" });
export type CalendarAnswer = z.input<typeof calendar>;
