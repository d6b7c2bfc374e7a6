import {
  checkFilter,
  CONTACT_SUBJECT,
  type Filter,
  FILTER_CONDITIONS_MAX,
  FILTER_DEPTH_MAX,
  FILTER_LENGTH_MAX,
  FILTER_VALUES_MAX,
} from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "../lists.js";
import { refuse } from "../refuse.js";
import { contact } from "./contact.js";

const name = z.string().trim().min(1).max(100);

/** Conditions on contacts, in the language of webhooks' filters (product.md W7); checked by core, taken as they are. */
const conditions = z
  .unknown()
  .superRefine((given, context) => {
    for (const { path, message } of checkFilter(given, CONTACT_SUBJECT))
      refuse(context, [...path], "invalid_filter", message);
  })
  .meta({
    description:
      "Conditions on a contact, in the language of webhooks' filters: paths that begin with `id`, `audience_id`, " +
      "`email`, `email_format`, `fields`, `tags` or `status`. " +
      `At most ${FILTER_CONDITIONS_MAX} conditions, ${FILTER_VALUES_MAX} values in lists, ${FILTER_DEPTH_MAX} levels and ` +
      `${FILTER_LENGTH_MAX} characters. A contact on which they take too many steps does not match`,
    example: { status: "subscribed", "fields.city": { $in: ["Lyon", "Paris"] }, tags: "vip" },
    override: { type: "object", minProperties: 1, additionalProperties: true },
  }) as z.ZodType<Filter, Filter>;

/** `POST /v1/audiences/{id}/segments` */
export const createSegment = z.strictObject({ name, conditions }).meta({ id: "CreateSegment" });

/** `PATCH /v1/audiences/{id}/segments/{segmentId}`: conditions are replaced as a whole. */
export const patchSegment = z
  .strictObject({ name: name.optional(), conditions: conditions.optional() })
  .meta({ id: "PatchSegment" });

export const segment = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    conditions: z.record(z.string(), z.unknown()),
    version: z.number().int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Segment" });
export type SegmentAnswer = z.input<typeof segment>;

export const segmentList = listOf(segment, "SegmentList");

/** `POST /v1/audiences/{id}/segments/preview` */
export const previewSegment = z.strictObject({ conditions }).meta({ id: "PreviewSegment" });

const count = z.number().int().nonnegative();

/** 200 of the preview, and of `GET /v1/audiences/{id}/segments/{segmentId}/count` */
export const segmentCount = z
  .strictObject({
    count: count.meta({ description: "Contacts that match, of those looked at" }),
    isAtLeast: z
      .boolean()
      .meta({ description: "There are contacts that were not looked at, or may be: the oldest are first" }),
    examined: count.meta({ description: "Contacts looked at" }),
    sample: z.array(contact).meta({ description: "Some that match" }),
  })
  .meta({ id: "SegmentCount" });
export type SegmentCountAnswer = z.input<typeof segmentCount>;
