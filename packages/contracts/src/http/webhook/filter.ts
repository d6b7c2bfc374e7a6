import {
  checkFilter,
  type Filter,
  FILTER_CONDITIONS_MAX,
  FILTER_DEPTH_MAX,
  FILTER_LENGTH_MAX,
  FILTER_VALUES_MAX,
} from "@hooklane/core";
import { z } from "zod";
import { refuse } from "../refuse.js";

/** Conditions an event's content has to meet (product.md W7); checked by core, taken as it is. */
export const filter = z
  // Not `custom`: once it is refined, the OpenAPI document cannot hold it.
  .unknown()
  .superRefine((given, context) => {
    for (const { path, message } of checkFilter(given)) refuse(context, [...path], "invalid_filter", message);
  })
  .meta({
    description:
      "Conditions on the event, a subset of MongoDB's query language: paths that begin with `id`, `type`, `timestamp`, " +
      "`source` or `data`, with a value or the operators `$eq $ne $gt $gte $lt $lte $in $nin $exists $all $size $elemMatch " +
      '$not` and `$regex` (with `$options: "i"`), joined by `$and $or $nor`. Times are compared as the texts they are. ' +
      "A `$regex` is of RE2's syntax: no look-around, no back-references. " +
      `At most ${FILTER_CONDITIONS_MAX} conditions, ${FILTER_VALUES_MAX} values in lists, ${FILTER_DEPTH_MAX} levels and ` +
      `${FILTER_LENGTH_MAX} characters. A filter that takes too many steps on an event does not match it. ` +
      "A merge patch replaces it as a whole. Absent: every event matches",
    example: { "data.contact.country": { $in: ["FR", "BE"] }, "data.order.total": { $gte: 100 } },
    override: { type: "object", minProperties: 1, additionalProperties: true },
  }) as z.ZodType<Filter, Filter>;

/** As it is shown. */
export const shownFilter = z.record(z.string(), z.unknown());
