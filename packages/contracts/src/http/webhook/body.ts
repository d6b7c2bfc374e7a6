import {
  BODY_FIELD_NAME_MAX,
  BODY_FIELDS_MAX,
  BODY_TEMPLATE_CHARS_MAX,
  type ContentType,
  fitsContentType,
  type WebhookBody,
} from "@hooklane/core";
import { z } from "zod";
import { refuse, type RefineContext } from "../refuse.js";

const template = z.string().max(BODY_TEMPLATE_CHARS_MAX);

/** A control character would end the line it stands in, in multipart. */
const fieldName = z
  .string()
  .min(1)
  .max(BODY_FIELD_NAME_MAX)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, "must not have control characters");

const fields = z
  .array(z.strictObject({ name: fieldName, value: template }))
  .min(1)
  .max(BODY_FIELDS_MAX)
  .superRefine((given, context) => {
    const length = given.reduce((total, { value }) => total + value.length, 0);
    if (length > BODY_TEMPLATE_CHARS_MAX)
      refuse(context, [], "too_long", `must have at most ${BODY_TEMPLATE_CHARS_MAX} characters together`);
  });

/** One template or a list of fields. Whether it is a template is for whoever renders it. */
export const templateBody = z.union([template.min(1), fields]);

/** What is sent instead of the event (product.md D12). */
export const body = templateBody.meta({
  description:
    "Sent instead of the event: Liquid templates over `id`, `type`, `timestamp`, `source`, `data` and `webhook` (`id`, `name`). " +
    "For `application/json` one string; what it puts out is escaped for the inside of a JSON string, objects are JSON, " +
    "filter `json` puts out any value as JSON and `raw` as it is; the result has to be JSON. For the form types a list of " +
    "fields. Excludes `batching`. A template that fails on an event makes it a dead letter at once, which counts as one error",
});

/** As it is shown. */
export const shownBody = z.union([
  z.string(),
  z.array(z.strictObject({ name: z.string(), value: z.string() })),
]);

/** Refuses a body its content type or batching leaves no room for. */
export function refuseBodyExclusions(
  given: {
    readonly contentType: ContentType;
    readonly body?: WebhookBody | undefined;
    readonly batching?: unknown;
  },
  context: RefineContext,
): void {
  if (given.body === undefined) return;
  if (given.batching !== undefined) refuse(context, ["body"], "excluded_by", "is excluded by batching");
  if (!fitsContentType(given.body, given.contentType)) {
    const wanted = typeof given.body === "string" ? "a list of fields" : "one string";
    refuse(context, ["body"], "invalid_type", `must be ${wanted} for ${given.contentType}`);
  }
}
