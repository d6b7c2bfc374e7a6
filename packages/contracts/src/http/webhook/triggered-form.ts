import type { CONTENT_TYPES } from "@hooklane/core";
import { z } from "zod";
import { password, username } from "./auth.js";
import { refuseBodyExclusions, templateBody } from "./body.js";
import { refuseWithoutTls } from "./client-certificate.js";
import { options, refuseExclusions } from "./webhook-options.js";
import { patchWebhook } from "./webhook.js";

/** product.md W4, W5: JSON or form data. */
const contentType = z.enum([
  "application/json",
  "multipart/form-data",
] as const satisfies readonly (typeof CONTENT_TYPES)[number][]);

/** Absent as a whole, it says of both that they are missing. */
const basicAuth = z
  .preprocess(
    (given) => given ?? {},
    z.strictObject({
      type: z.literal("basic").default("basic"),
      username,
      password: password.min(1).meta({ description: "Never shown again" }),
    }),
  )
  .meta({ description: "HTTP Basic: both are required" });

const body = templateBody.meta({
  description:
    "Sent instead of the event: Liquid templates over `contact`, and over what the event has: `id`, `type`, `timestamp`, " +
    "`source`, `data` and `webhook` (`id`, `name`). For `application/json` one string that makes JSON, for `multipart/form-data` " +
    "a list of fields; see `CreateWebhook`",
});

/** What a journey's point and a campaign's touchpoint are told to send, and where (product.md W4, W5). */
export const triggeredForm = {
  name: options.name,
  url: options.url,
  auth: basicAuth,
  headers: options.headers.default({}),
  contentType: contentType.default("application/json"),
  body: body.optional(),
  signatureScheme: options.signatureScheme.default("hmac-sha256"),
  clientCertificate: options.clientCertificate.optional(),
  successStatus: options.successStatus.default("2xx"),
  rateLimitPerSecond: options.rateLimitPerSecond.optional(),
};

/** A whole form, also what a merge patch of one has to lead to. */
export const triggeredWebhook = withTriggeredChecks(z.strictObject(triggeredForm));
export type TriggeredForm = z.output<typeof triggeredWebhook>;

/** Adds what the fields of a form have to be to each other. A touchpoint's form has more fields. */
export function withTriggeredChecks<Shape extends typeof triggeredForm>(
  schema: z.ZodObject<Shape, z.core.$strict>,
): z.ZodObject<Shape, z.core.$strict> {
  return schema
    .superRefine((given, context) => refuseExclusions(given as TriggeredForm, context))
    .superRefine((given, context) => refuseWithoutTls(given as TriggeredForm, context))
    .superRefine((given, context) => refuseBodyExclusions(given as TriggeredForm, context));
}

const patched = patchWebhook.shape;

/** Fields of a merge patch of a form, for the documentation: what is checked is the state it leads to. */
export const patchTriggeredForm = {
  name: patched.name,
  url: patched.url,
  auth: z
    .strictObject({
      type: z.literal("basic").optional(),
      username: username.optional(),
      password: password.min(1).optional(),
    })
    .optional(),
  headers: patched.headers,
  contentType: contentType.nullable().optional(),
  body: body.nullable().optional(),
  signatureScheme: patched.signatureScheme,
  clientCertificate: patched.clientCertificate,
  successStatus: patched.successStatus,
  rateLimitPerSecond: patched.rateLimitPerSecond,
};
