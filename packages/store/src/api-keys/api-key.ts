import {
  API_KEY_SCOPES,
  type ApiKeyId,
  type ApiKeyScope,
  asApiKeyId,
  asWorkspaceId,
  type WorkspaceId,
} from "@hooklane/core";
import { Schema } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { modelOptions } from "../model-options.js";

/** A key of a workspace (product.md O5). The key itself is not kept, only what recognises it. */
export interface ApiKeyDocument {
  readonly _id: ApiKeyId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  /** SHA-256 of the whole key, lower-case hex. The key has 256 random bits, so no salt and no slow hash is needed. */
  readonly hash: string;
  /** The last four characters, for people to tell keys apart. */
  readonly hint: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
  /** To the minute; see `KeyUseRecorder`. */
  readonly lastUsedAt?: Date;
}

export const API_KEYS = "apiKeys";

export const apiKeyIndexes: CollectionIndexes = {
  collection: API_KEYS,
  indexes: [
    { name: "hash", key: { hash: 1 }, unique: true },
    { name: "workspace", key: { workspaceId: 1, _id: 1 } },
  ],
};

export const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    name: { type: String, required: true },
    hash: { type: String, required: true },
    hint: { type: String, required: true },
    scopes: { type: [{ type: String, enum: API_KEY_SCOPES }], required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date },
    revokedAt: { type: Date },
    lastUsedAt: { type: Date },
  },
  modelOptions,
);

/** Parses a document on its way into a copy. */
export const apiKeyParser: z.ZodType<ApiKeyDocument> = z.object({
  _id: z.string().transform(asApiKeyId),
  workspaceId: z.string().transform(asWorkspaceId),
  name: z.string(),
  hash: z.string(),
  hint: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  createdAt: z.date(),
  expiresAt: z.date().exactOptional(),
  revokedAt: z.date().exactOptional(),
  lastUsedAt: z.date().exactOptional(),
});

/** Whether a key opens anything. */
export type ApiKeyState = "usable" | "revoked" | "expired";

/** The key at that time. One that is both was revoked. */
export function apiKeyState({ revokedAt, expiresAt }: ApiKeyDocument, at: Date): ApiKeyState {
  if (revokedAt !== undefined) return "revoked";
  return expiresAt === undefined || expiresAt > at ? "usable" : "expired";
}

/** Whether the key opens anything at that time. */
export const isApiKeyUsable = (key: ApiKeyDocument, at: Date): boolean => apiKeyState(key, at) === "usable";
