import {
  asWorkspaceId,
  EVENT_SOURCES,
  type EventSource,
  type Language,
  VALIDATION_MODES,
  type ValidationMode,
  type WorkspaceId,
} from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** A type of events a workspace knows: from a preset of the catalogue, or its own. */
export interface EventTypeDocument {
  /** `<workspace>:<type>` */
  readonly _id: string;
  readonly workspaceId: WorkspaceId;
  /** Dotted name, such as `contact.subscribed`. */
  readonly type: string;
  /** Absent: made by the workspace. */
  readonly preset?: string;
  /** JSON Schema 2020-12 of `data`, self-contained. Kept as text: MongoDB refuses some of its keys (`$ref`). */
  readonly schemaJson: string;
  /** Raised by every change of the schema, from 1; what is compiled is cached by it. */
  readonly schemaVersion: number;
  readonly labels: Readonly<Record<Language, string>>;
  readonly descriptions: Readonly<Record<Language, string>>;
  /** A whole event as JSON text, for people and for tests of a webhook. */
  readonly exampleJson?: string;
  readonly validation: ValidationMode;
  /** W2: events of these sources are logged as `suppressed`. */
  readonly suppressedSources?: readonly EventSource[];
  /** W2: delivered only in this plan or above. */
  readonly requiredPlan?: string;
  /** W3: `false` when webhooks' source filters do not apply to this type. Absent: they do. */
  readonly sourceFilter?: boolean;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const EVENT_TYPES = "eventTypes";

/** `_id` of a type in a workspace. */
export const toEventTypeId = (workspaceId: WorkspaceId, type: string): string => `${workspaceId}:${type}`;

export const eventTypeIndexes: CollectionIndexes = {
  collection: EVENT_TYPES,
  indexes: [{ name: "workspace_type", key: { workspaceId: 1, type: 1 }, unique: true }],
};

const texts = () =>
  new Schema<Record<Language, string>>(
    { en: { type: String, required: true }, fr: { type: String, required: true } },
    { ...modelOptions, _id: false },
  );

export const eventTypeSchema = new Schema<EventTypeDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    type: { type: String, required: true },
    preset: { type: String },
    schemaJson: { type: String, required: true },
    schemaVersion: { type: Number, required: true },
    labels: { type: texts(), required: true },
    descriptions: { type: texts(), required: true },
    exampleJson: { type: String },
    validation: { type: String, enum: VALIDATION_MODES, required: true },
    suppressedSources: { type: [{ type: String, enum: EVENT_SOURCES }], default: undefined },
    requiredPlan: { type: String },
    sourceFilter: { type: Boolean },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  modelOptions,
);

const textsParser = z.object({ en: z.string(), fr: z.string() });

/** Parses a document on its way into a copy. */
export const eventTypeParser: z.ZodType<EventTypeDocument> = z.object({
  _id: z.string(),
  workspaceId: z.string().transform(asWorkspaceId),
  type: z.string(),
  preset: z.string().exactOptional(),
  schemaJson: z.string(),
  schemaVersion: z.number().int(),
  labels: textsParser,
  descriptions: textsParser,
  exampleJson: z.string().exactOptional(),
  validation: z.enum(VALIDATION_MODES),
  suppressedSources: z.array(z.enum(EVENT_SOURCES)).exactOptional(),
  requiredPlan: z.string().exactOptional(),
  sourceFilter: z.boolean().exactOptional(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
