import {
  CONTENT_TYPES,
  DISABLE_REASONS,
  SIGNATURE_SCHEMES,
  SOURCE_BOXES,
  WEBHOOK_KINDS,
  WEBHOOK_STATUSES,
} from "@hooklane/core";
import { z } from "zod";
import { destinationUrl } from "../checked-url.js";
import { listOf, time } from "../lists.js";
import { refuse, refuseRepeated, type RefineContext } from "../refuse.js";
import { auth, patchAuth, shownAuth } from "./auth.js";
import { body, refuseBodyExclusions, shownBody } from "./body.js";
import {
  clientCertificate,
  patchClientCertificate,
  refuseWithoutTls,
  shownClientCertificate,
} from "./client-certificate.js";
import { filter, shownFilter } from "./filter.js";
import { headers } from "./headers.js";
import { audienceId, BESIDE_OTHERS, kind, refuseMissing, refuseOtherTypes } from "./kind.js";
import { newSecret, publicKeys, signatureScheme } from "./signature.js";

const EVENT_TYPES_MAX = 200;

const batching = z.strictObject({
  maxEvents: z.number().int().min(1).max(100).default(100),
  maxWaitSeconds: z.number().min(0.1).max(60).default(5),
});

const options = {
  name: z.string().trim().min(1).max(200),
  url: destinationUrl,
  eventTypes: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(EVENT_TYPES_MAX)
    .superRefine(refuseRepeated)
    .meta({ description: "Names of the workspace's event types", uniqueItems: true }),
  status: z.enum(["inactive", "active"]),
  filter,
  audienceId,
  batching: batching.meta({
    description: "Several events in one request, as a JSON array. Absent: one each",
  }),
  successStatus: z.enum(["2xx", "200"]).meta({ description: "Which answers count as success" }),
  sources: z
    .array(z.enum(SOURCE_BOXES))
    .min(1)
    .max(SOURCE_BOXES.length)
    .superRefine(refuseRepeated)
    .meta({ description: "Who must have set an event off. Absent: no filter" }),
  headers,
  auth,
  signatureScheme,
  clientCertificate,
  contentType: z.enum(CONTENT_TYPES).meta({ description: "Form types and batching exclude each other" }),
  body,
  rateLimitPerSecond: z.number().min(0.1).max(1_000).meta({
    description:
      "Requests a second at most. Webhooks of one URL share its line: the lowest limit holds. Absent: no limit",
  }),
};

function refuseExclusions(
  given: { contentType: string; batching?: unknown; auth?: unknown; headers: Record<string, string> },
  context: RefineContext,
): void {
  if (given.batching !== undefined && given.contentType !== "application/json") {
    refuse(context, ["batching"], "excluded_by", "is excluded by a form content type");
  }
  const authorization = Object.keys(given.headers).find((name) => name.toLowerCase() === "authorization");
  if (given.auth !== undefined && authorization !== undefined) {
    refuse(context, ["headers", authorization], "excluded_by", "is excluded by auth");
  }
}

/** `POST /v1/webhooks`; also what a merge patch has to lead to. */
export const createWebhook = z
  .strictObject({
    kind: kind.default("events"),
    name: options.name.optional().meta({ description: "Required for kind `events`" }),
    url: options.url,
    eventTypes: options.eventTypes,
    status: options.status
      .optional()
      .meta({ description: "Default: `inactive`; for kind `audience` `active`, plan permitting" }),
    batching: options.batching.optional(),
    successStatus: options.successStatus.default("2xx"),
    sources: options.sources.optional(),
    audienceId: options.audienceId.optional(),
    filter: options.filter.optional(),
    headers: options.headers.default({}),
    auth: options.auth.optional(),
    signatureScheme: options.signatureScheme.default("hmac-sha256"),
    clientCertificate: options.clientCertificate.optional(),
    contentType: options.contentType.default("application/json"),
    body: options.body.optional(),
    rateLimitPerSecond: options.rateLimitPerSecond.optional(),
  })
  .superRefine(refuseExclusions)
  .superRefine(refuseOtherTypes)
  .superRefine(refuseMissing, BESIDE_OTHERS)
  .superRefine(refuseWithoutTls)
  .superRefine(refuseBodyExclusions)
  .meta({ id: "CreateWebhook" });
export type CreateWebhook = z.output<typeof createWebhook>;

/** `PATCH /v1/webhooks/{id}`, for the documentation: what is checked is the state it leads to. */
export const patchWebhook = z
  .strictObject({
    name: options.name.optional(),
    url: options.url.optional(),
    eventTypes: options.eventTypes.optional(),
    status: options.status.optional(),
    batching: batching.partial().nullable().optional(),
    successStatus: options.successStatus.nullable().optional(),
    sources: options.sources.nullable().optional(),
    audienceId: options.audienceId.nullable().optional(),
    filter: options.filter
      .nullable()
      .optional()
      .meta({ description: "Replaces the filter before as a whole; null removes it" }),
    headers: z.record(z.string(), z.string().nullable()).nullable().optional(),
    auth: patchAuth.nullable().optional(),
    signatureScheme: options.signatureScheme.nullable().optional(),
    clientCertificate: patchClientCertificate.nullable().optional(),
    contentType: options.contentType.nullable().optional(),
    body: options.body.nullable().optional(),
    rateLimitPerSecond: options.rateLimitPerSecond.nullable().optional(),
  })
  .meta({
    id: "PatchWebhook",
    description: "JSON merge patch: null removes a value or sets it to its default",
  });

export const webhook = z
  .strictObject({
    id: z.string(),
    endpointId: z.string().meta({ description: "Webhooks of one URL share it, and its order" }),
    kind: z.enum(WEBHOOK_KINDS),
    name: z.string(),
    url: z.string(),
    eventTypes: z.array(z.string()),
    lockedEventTypes: z.array(z.string()).optional().meta({
      description: "Those of them the plan leaves out; events of them are accepted and not delivered",
    }),
    status: z.enum(WEBHOOK_STATUSES),
    recoveryJobId: z
      .string()
      .optional()
      .meta({ description: "While `recovering`: the job that tells how far it is" }),
    disabled: z
      .strictObject({ reason: z.enum(DISABLE_REASONS), at: time, lastError: z.string().optional() })
      .optional()
      .meta({ description: "Why and when it was disabled, while `auto_disabled`" }),
    batching: z.strictObject({ maxEvents: z.number(), maxWaitSeconds: z.number() }).optional(),
    successStatus: z.enum(["2xx", "200"]),
    sources: z.array(z.enum(SOURCE_BOXES)).optional(),
    audienceId: z.string().optional(),
    filter: shownFilter.optional(),
    headers: z.record(z.string(), z.string()),
    auth: shownAuth.optional(),
    signatureScheme: z.enum(SIGNATURE_SCHEMES),
    publicKeys: publicKeys.optional(),
    clientCertificate: shownClientCertificate.optional(),
    contentType: z.enum(CONTENT_TYPES),
    body: shownBody.optional(),
    rateLimitPerSecond: z.number().optional(),
    version: z.number().int().meta({ description: "Raised by every change; the ETag" }),
    generation: z.number().int().meta({ description: "Raised by every enabling and disabling" }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Webhook" });
export type WebhookAnswer = z.input<typeof webhook>;

/** Of calls that may make a secret. */
export const createdWebhook = webhook.extend({ secret: newSecret }).meta({ id: "CreatedWebhook" });

export const webhookList = listOf(webhook, "WebhookList");

/** `POST /v1/webhooks/{id}/activate` and `…/deactivate` take no fields yet. */
export const emptyBody = z.strictObject({}).meta({ id: "EmptyBody" });
