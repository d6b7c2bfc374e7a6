import {
  CONTENT_TYPES,
  DISABLE_REASONS,
  SIGNATURE_SCHEMES,
  SOURCE_BOXES,
  WEBHOOK_KINDS,
  WEBHOOK_STATUSES,
} from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time } from "../lists.js";
import { patchAuth, shownAuth } from "./auth.js";
import { refuseBodyExclusions, shownBody } from "./body.js";
import { patchClientCertificate, refuseWithoutTls, shownClientCertificate } from "./client-certificate.js";
import { shownFilter } from "./filter.js";
import { BESIDE_OTHERS, kind, refuseMissing, refuseOtherTypes } from "./kind.js";
import { newSecret, publicKeys } from "./signature.js";
import { batching, options, refuseExclusions } from "./webhook-options.js";

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
    journeyId: z.string().optional().meta({ description: "Of kind `journey_point`: where it is changed" }),
    campaignId: z.string().optional().meta({ description: "Of kind `touchpoint`: where it is changed" }),
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

/** Query of `GET /v1/webhooks`. */
export const webhookListQuery = listQuery.extend({
  kind: z.enum(WEBHOOK_KINDS).optional().meta({ description: "Only those of this kind. Default: all" }),
  status: z.enum(WEBHOOK_STATUSES).optional().meta({ description: "Only those in this state. Default: all" }),
  search: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Only those whose name or URL contains this text, whatever the case" }),
});

/** `POST /v1/webhooks/{id}/activate` and `…/deactivate` take no fields yet. */
export const emptyBody = z.strictObject({}).meta({ id: "EmptyBody" });
