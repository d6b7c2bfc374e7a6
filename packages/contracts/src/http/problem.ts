import { z } from "zod";

/** The closed list of `code` values of our problem documents (api.md §2), with status and title. */
export const PROBLEMS = {
  malformed_json: { status: 400, title: "The body is not JSON" },
  invalid_cursor: { status: 400, title: "The cursor is not one we gave" },
  unauthorized: { status: 401, title: "No or unknown key" },
  forbidden: { status: 403, title: "The key lacks the scope" },
  plan_upgrade_required: { status: 403, title: "The plan does not include this" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used with another request" },
  conflict: { status: 409, title: "The state does not allow this" },
  webhook_not_active: { status: 409, title: "The webhook is not sent to" },
  journey_not_active: { status: 409, title: "The journey is not active" },
  event_expired: { status: 410, title: "The event is not kept any more" },
  precondition_failed: { status: 412, title: "The object moved since it was read" },
  body_too_large: { status: 413, title: "The body is too large" },
  event_too_large: { status: 413, title: "The event is larger than 256 KiB" },
  unsupported_media_type: { status: 415, title: "The content type is not one this call takes" },
  validation_failed: { status: 422, title: "Some fields are not right" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something broke on our side" },
  unavailable: { status: 503, title: "A part this call needs is away" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** The closed list of `errors[].code` values: what is wrong with one field. */
export const FIELD_CODES = [
  "required",
  "unknown_field",
  "invalid_type",
  "invalid_value",
  "too_short",
  "too_long",
  "too_small",
  "too_large",
  "invalid_format",
  "duplicate",
  "unknown_event_type",
  "schema_mismatch",
  "event_too_large",
  "invalid_url",
  "url_credentials",
  "url_fragment",
  "destination_refused",
  "invalid_header_name",
  "invalid_header_value",
  "reserved_header",
  "excluded_by",
  "invalid_template",
  "invalid_filter",
  "invalid_certificate",
  "certificate_expired",
  "invalid_private_key",
  "key_mismatch",
] as const;
export type FieldCode = (typeof FIELD_CODES)[number];

export const fieldError = z.object({
  /** Dotted path into the body, `events.3.data.contact`; empty for the body itself. */
  path: z.string(),
  code: z.enum(FIELD_CODES),
  message: z.string(),
  position: z
    .object({ line: z.number().int(), column: z.number().int() })
    .meta({ description: "Of `invalid_template`: where in its text, both from 1" })
    .exactOptional(),
});
export type FieldError = z.infer<typeof fieldError>;

/** RFC 9457; `code` is the stable name a client may rely on. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  errors: z.array(fieldError).optional(),
  feature: z.string().optional().meta({
    description:
      "Of `plan_upgrade_required`: what the plan lacks; `webhooks.configure`, `webhooks.activate` or `events.<type>`",
  }),
  currentPlan: z.string().optional(),
  requiredPlan: z
    .string()
    .nullable()
    .optional()
    .meta({ description: "The cheapest plan of the family that has it; null: none has" }),
  upgradeUrl: z.string().optional().meta({ description: "Where to upgrade" }),
});
export type Problem = z.infer<typeof problem>;

/** Content type of every error answer. */
export const PROBLEM_CONTENT_TYPE = "application/problem+json";

/** Makes the body of an error answer. */
export function toProblem(code: ProblemCode, detail: string, errors?: readonly FieldError[]): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: "about:blank", title, status, code, detail, ...(errors && { errors: [...errors] }) };
}
