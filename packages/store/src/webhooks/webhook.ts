import {
  asCampaignId,
  asEndpointId,
  asJourneyId,
  asWebhookId,
  asWorkspaceId,
  type CampaignId,
  type ClientCertificate,
  CONTENT_TYPES,
  type ContentType,
  DISABLE_REASONS,
  type DisableReason,
  type EndpointId,
  type JourneyId,
  type SigningSecret,
  SOURCE_BOXES,
  type SourceBox,
  WEBHOOK_KINDS,
  WEBHOOK_STATUSES,
  type WebhookAuth,
  type WebhookBody,
  type WebhookId,
  type WebhookKind,
  type WebhookStatus,
  type WorkspaceId,
} from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";
import { webhookAuthParser, webhookAuthSchema } from "./webhook-auth.js";

/** What a user configures to receive events (product.md §1). */
export interface WebhookDocument {
  readonly _id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly endpointId: EndpointId;
  readonly kind: WebhookKind;
  /** W4, of kind `journey_point`: whose point it is. */
  readonly journeyId?: JourneyId;
  /** W5, of kind `touchpoint`: whose touchpoint it is. */
  readonly campaignId?: CampaignId;
  readonly name: string;
  /** As given by the user; requests go to the endpoint's normalised form. */
  readonly url: string;
  readonly eventTypes: readonly string[];
  /** W9: those of them the plan leaves out; set with every write of the webhook. Absent: none. */
  readonly lockedEventTypes?: readonly string[];
  /** W3: boxes of the source filter. Absent: no filter. */
  readonly sources?: readonly SourceBox[];
  /** W3: the audience whose events it gets. Absent: no matter which. */
  readonly audienceId?: string;
  /** W7: the content filter as JSON text, as MongoDB has its own ideas of names with `$` and dots. Absent: none. */
  readonly filterJson?: string;
  readonly status: WebhookStatus;
  /** Set while `auto_disabled`. */
  readonly disabled?: { readonly reason: DisableReason; readonly at: Date; readonly lastError?: string };
  /** Raised by every change, from 1. */
  readonly version: number;
  /** Raised by every enable, disable and move to another line, from 1. */
  readonly generation: number;
  /** The generation of its last plain activation: what it did not get since is owed to it (D7). Absent: it was never switched on. */
  readonly owedSince?: number;
  /** D8. Absent: one event a request. */
  readonly batching?: { readonly maxEvents: number; readonly maxWaitSeconds: number };
  /** D1. */
  readonly successStatus: "2xx" | "200";
  readonly headers: Readonly<Record<string, string>>;
  readonly auth?: WebhookAuth;
  /** D12, mutual TLS. Absent: none is shown. */
  readonly clientCertificate?: ClientCertificate;
  readonly contentType: ContentType;
  /** D12: templates over the event. Absent: the event itself. */
  readonly body?: WebhookBody;
  /** D13: requests a second at most. */
  readonly rateLimitPerSecond?: number;
  /** The current one first. */
  readonly secrets: readonly SigningSecret[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** A tombstone: kept so that what is queued is cancelled and not held for ever. */
  readonly deletedAt?: Date;
}

export const WEBHOOKS = "webhooks";

export const webhookIndexes: CollectionIndexes = {
  collection: WEBHOOKS,
  indexes: [
    { name: "workspace", key: { workspaceId: 1, _id: 1 } },
    { name: "endpoint", key: { endpointId: 1 } },
    // Counted out of the index alone: how many there are in each status, and how many of them are deleted.
    { name: "status", key: { status: 1, deletedAt: 1 } },
    {
      name: "journey",
      key: { journeyId: 1, _id: 1 },
      partialFilterExpression: { journeyId: { $exists: true } },
    },
  ],
};

const part = { ...modelOptions, _id: false } as const;

export const webhookSchema = new Schema<WebhookDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    endpointId: { type: String, required: true },
    kind: { type: String, enum: WEBHOOK_KINDS, required: true },
    journeyId: { type: String },
    campaignId: { type: String },
    name: { type: String, required: true },
    url: { type: String, required: true },
    eventTypes: { type: [String], required: true },
    lockedEventTypes: { type: [String], default: undefined },
    sources: { type: [{ type: String, enum: SOURCE_BOXES }], default: undefined },
    audienceId: { type: String },
    filterJson: { type: String },
    status: { type: String, enum: WEBHOOK_STATUSES, required: true },
    disabled: {
      type: new Schema(
        {
          reason: { type: String, enum: DISABLE_REASONS, required: true },
          at: { type: Date, required: true },
          lastError: { type: String },
        },
        part,
      ),
    },
    version: { type: Number, required: true },
    generation: { type: Number, required: true },
    owedSince: { type: Number },
    batching: {
      type: new Schema(
        { maxEvents: { type: Number, required: true }, maxWaitSeconds: { type: Number, required: true } },
        part,
      ),
    },
    successStatus: { type: String, enum: ["2xx", "200"], required: true },
    // Names are free, so no schema; they are checked before (core/header.ts).
    headers: { type: Schema.Types.Mixed, required: true },
    auth: { type: webhookAuthSchema },
    clientCertificate: {
      type: new Schema(
        {
          certificate: { type: String, required: true },
          privateKey: { type: String, required: true },
          trustedCertificates: { type: String },
        },
        part,
      ),
    },
    contentType: { type: String, enum: CONTENT_TYPES, required: true },
    // One template or a list of fields; the API checks which one it is.
    body: { type: Schema.Types.Mixed },
    rateLimitPerSecond: { type: Number },
    secrets: {
      type: [
        new Schema(
          {
            value: { type: String, required: true },
            publicKey: { type: String },
            createdAt: { type: Date, required: true },
            expiresAt: { type: Date },
          },
          part,
        ),
      ],
      required: true,
    },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    deletedAt: { type: Date },
  },
  modelOptions,
);

const count = z.number().int().nonnegative();

/** Parses a document on its way into a copy. */
export const webhookParser: z.ZodType<WebhookDocument> = z.object({
  _id: z.string().transform(asWebhookId),
  workspaceId: z.string().transform(asWorkspaceId),
  endpointId: z.string().transform(asEndpointId),
  kind: z.enum(WEBHOOK_KINDS),
  journeyId: z.string().transform(asJourneyId).exactOptional(),
  campaignId: z.string().transform(asCampaignId).exactOptional(),
  name: z.string(),
  url: z.string(),
  eventTypes: z.array(z.string()),
  lockedEventTypes: z.array(z.string()).exactOptional(),
  sources: z.array(z.enum(SOURCE_BOXES)).exactOptional(),
  audienceId: z.string().exactOptional(),
  filterJson: z.string().exactOptional(),
  status: z.enum(WEBHOOK_STATUSES),
  disabled: z
    .object({ reason: z.enum(DISABLE_REASONS), at: z.date(), lastError: z.string().exactOptional() })
    .exactOptional(),
  version: count,
  generation: count,
  owedSince: count.exactOptional(),
  batching: z.object({ maxEvents: count, maxWaitSeconds: z.number() }).exactOptional(),
  successStatus: z.enum(["2xx", "200"]),
  headers: z.record(z.string(), z.string()),
  auth: webhookAuthParser.exactOptional(),
  clientCertificate: z
    .object({
      certificate: z.string(),
      privateKey: z.string(),
      trustedCertificates: z.string().exactOptional(),
    })
    .exactOptional(),
  contentType: z.enum(CONTENT_TYPES),
  body: z.union([z.string(), z.array(z.object({ name: z.string(), value: z.string() }))]).exactOptional(),
  rateLimitPerSecond: z.number().positive().exactOptional(),
  secrets: z.array(
    z.object({
      value: z.string(),
      publicKey: z.string().exactOptional(),
      createdAt: z.date(),
      expiresAt: z.date().exactOptional(),
    }),
  ),
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().exactOptional(),
});
