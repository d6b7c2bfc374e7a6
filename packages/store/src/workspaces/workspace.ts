import {
  asWorkspaceId,
  DISABLE_POLICIES,
  type DisablePolicy,
  type Language,
  LANGUAGES,
  type WorkspaceId,
} from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** Whom to tell when a webhook is disabled (product.md D6). */
export interface WorkspaceContact {
  readonly email: string;
  readonly language: Language;
}

/** A tenant (product.md §1). */
export interface WorkspaceDocument {
  readonly _id: WorkspaceId;
  readonly name: string;
  /** At least one. */
  readonly contacts: readonly WorkspaceContact[];
  readonly plan: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly disablePolicy: DisablePolicy;
  /** Dotted paths below `data`, left out of what the logs show. */
  readonly redact: readonly string[];
  /** How long the event and delivery logs are kept, days. */
  readonly retentionDays: number;
  /** Told beside the contacts (D6); `secret` signs like a webhook's. */
  readonly operationalWebhook?: { readonly url: string; readonly secret: string };
  /** Explicit partition on `events.v1`; never changes. */
  readonly eventsPartition: number;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const WORKSPACES = "workspaces";

export const workspaceIndexes: CollectionIndexes = {
  collection: WORKSPACES,
  indexes: [{ name: "plan", key: { plan: 1, _id: 1 } }],
};

export const workspaceSchema = new Schema<WorkspaceDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    contacts: {
      type: [
        new Schema(
          {
            email: { type: String, required: true },
            language: { type: String, enum: LANGUAGES, required: true },
          },
          { ...modelOptions, _id: false },
        ),
      ],
      required: true,
    },
    plan: { type: String, required: true },
    timeZone: { type: String, required: true },
    disablePolicy: { type: String, enum: DISABLE_POLICIES, required: true },
    redact: { type: [String], required: true },
    retentionDays: { type: Number, required: true },
    operationalWebhook: {
      type: new Schema(
        { url: { type: String, required: true }, secret: { type: String, required: true } },
        { ...modelOptions, _id: false },
      ),
    },
    eventsPartition: { type: Number, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  modelOptions,
);

/** Parses a document on its way into a copy. */
export const workspaceParser: z.ZodType<WorkspaceDocument> = z.object({
  _id: z.string().transform(asWorkspaceId),
  name: z.string(),
  contacts: z.array(z.object({ email: z.string(), language: z.enum(LANGUAGES) })),
  plan: z.string(),
  timeZone: z.string(),
  disablePolicy: z.enum(DISABLE_POLICIES),
  redact: z.array(z.string()),
  retentionDays: z.number(),
  operationalWebhook: z.object({ url: z.string(), secret: z.string() }).exactOptional(),
  eventsPartition: z.number().int().nonnegative(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
