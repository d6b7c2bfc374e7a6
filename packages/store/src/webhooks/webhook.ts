import {
  asEndpointId,
  asWebhookId,
  asWorkspaceId,
  CONTENT_TYPES,
  type ContentType,
  DISABLE_REASONS,
  type DisableReason,
  type EndpointId,
  SOURCE_BOXES,
  type SourceBox,
  WEBHOOK_STATUSES,
  type WebhookId,
  type WebhookStatus,
  type WorkspaceId,
} from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** A key that signs requests (product.md D10). */
export interface WebhookSecret {
  /** `whsec_` and base64 of 24 to 64 bytes. */
  readonly value: string;
  readonly createdAt: Date;
  /** Absent: the current one. */
  readonly expiresAt?: Date;
}

/** What a user configures to receive events (product.md §1). */
export interface WebhookDocument {
  readonly _id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly endpointId: EndpointId;
  readonly kind: "events";
  readonly name: string;
  /** As given by the user; requests go to the endpoint's normalised form. */
  readonly url: string;
  readonly eventTypes: readonly string[];
  /** W3: boxes of the source filter. Absent: no filter. */
  readonly sources?: readonly SourceBox[];
  readonly status: WebhookStatus;
  /** Set while `auto_disabled`. */
  readonly disabled?: { readonly reason: DisableReason; readonly at: Date; readonly lastError?: string };
  /** Raised by every change, from 1. */
  readonly version: number;
  /** Raised by every enable, disable and move to another line, from 1. */
  readonly generation: number;
  /** D8. Absent: one event a request. */
  readonly batching?: { readonly maxEvents: number; readonly maxWaitSeconds: number };
  /** D1. */
  readonly successStatus: "2xx" | "200";
  readonly headers: Readonly<Record<string, string>>;
  readonly auth?: { readonly type: "basic"; readonly username: string; readonly password: string };
  readonly contentType: ContentType;
  /** D13: requests a second at most. */
  readonly rateLimitPerSecond?: number;
  /** The current one first. */
  readonly secrets: readonly WebhookSecret[];
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
  ],
};

const part = { ...modelOptions, _id: false } as const;

export const webhookSchema = new Schema<WebhookDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    endpointId: { type: String, required: true },
    kind: { type: String, enum: ["events"], required: true },
    name: { type: String, required: true },
    url: { type: String, required: true },
    eventTypes: { type: [String], required: true },
    sources: { type: [{ type: String, enum: SOURCE_BOXES }], default: undefined },
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
    batching: {
      type: new Schema(
        { maxEvents: { type: Number, required: true }, maxWaitSeconds: { type: Number, required: true } },
        part,
      ),
    },
    successStatus: { type: String, enum: ["2xx", "200"], required: true },
    // Names are free, so no schema; they are checked before (core/header.ts).
    headers: { type: Schema.Types.Mixed, required: true },
    auth: {
      type: new Schema(
        {
          type: { type: String, enum: ["basic"], required: true },
          username: { type: String },
          password: { type: String },
        },
        part,
      ),
    },
    contentType: { type: String, enum: CONTENT_TYPES, required: true },
    rateLimitPerSecond: { type: Number },
    secrets: {
      type: [
        new Schema(
          {
            value: { type: String, required: true },
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
  kind: z.literal("events"),
  name: z.string(),
  url: z.string(),
  eventTypes: z.array(z.string()),
  sources: z.array(z.enum(SOURCE_BOXES)).exactOptional(),
  status: z.enum(WEBHOOK_STATUSES),
  disabled: z
    .object({ reason: z.enum(DISABLE_REASONS), at: z.date(), lastError: z.string().exactOptional() })
    .exactOptional(),
  version: count,
  generation: count,
  batching: z.object({ maxEvents: count, maxWaitSeconds: z.number() }).exactOptional(),
  successStatus: z.enum(["2xx", "200"]),
  headers: z.record(z.string(), z.string()),
  auth: z.object({ type: z.literal("basic"), username: z.string(), password: z.string() }).exactOptional(),
  contentType: z.enum(CONTENT_TYPES),
  rateLimitPerSecond: z.number().positive().exactOptional(),
  secrets: z.array(z.object({ value: z.string(), createdAt: z.date(), expiresAt: z.date().exactOptional() })),
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().exactOptional(),
});
