import { asEndpointId, asWorkspaceId, type EndpointId, type WorkspaceId } from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** Where requests go: one per workspace and normalised URL; owner of an ordered line (product.md §1). */
export interface EndpointDocument {
  readonly _id: EndpointId;
  readonly workspaceId: WorkspaceId;
  /** Normalised (product.md D14). */
  readonly url: string;
  /** Explicit partition on `deliveries.v1`; never changes. */
  readonly partition: number;
  /** Raised when a webhook is put on it and when its URL changes, so that the two exclude each other. */
  readonly version: number;
  readonly createdAt: Date;
}

export const ENDPOINTS = "endpoints";

export const endpointIndexes: CollectionIndexes = {
  collection: ENDPOINTS,
  indexes: [{ name: "workspace_url", key: { workspaceId: 1, url: 1 }, unique: true }],
};

export const endpointSchema = new Schema<EndpointDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    url: { type: String, required: true },
    partition: { type: Number, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  modelOptions,
);

/** Parses a document on its way into a copy. */
export const endpointParser: z.ZodType<EndpointDocument> = z.object({
  _id: z.string().transform(asEndpointId),
  workspaceId: z.string().transform(asWorkspaceId),
  url: z.string(),
  partition: z.number().int().nonnegative(),
  version: z.number().int(),
  createdAt: z.date(),
});
