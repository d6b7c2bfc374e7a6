import type { ApiKeyAnswer, CreateApiKey } from "@hooklane/contracts";
import { API_KEY_SCOPES, type WorkspaceId } from "@hooklane/core";
import type { ApiKeyDocument } from "@hooklane/store";
import { hashKey } from "../http/authentication.js";
import { newApiKeyId } from "../ids.js";
import { newApiKey } from "../secrets.js";

/** A new key: what is stored of it, and what is shown once. */
export function makeApiKey(
  workspaceId: WorkspaceId,
  { name, scopes, expiresAt }: CreateApiKey,
  at: Date,
): { readonly key: string; readonly document: ApiKeyDocument } {
  const key = newApiKey();
  return {
    key,
    document: {
      _id: newApiKeyId(),
      workspaceId,
      name,
      hash: hashKey(key),
      hint: key.slice(-4),
      scopes: API_KEY_SCOPES.filter((scope) => scopes.includes(scope)),
      createdAt: at,
      ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }),
    },
  };
}

export function toApiKeyAnswer(key: ApiKeyDocument): ApiKeyAnswer {
  return {
    id: key._id,
    name: key.name,
    hint: key.hint,
    scopes: [...key.scopes],
    createdAt: key.createdAt.toISOString(),
    ...(key.expiresAt && { expiresAt: key.expiresAt.toISOString() }),
    ...(key.lastUsedAt && { lastUsedAt: key.lastUsedAt.toISOString() }),
    ...(key.revokedAt && { revokedAt: key.revokedAt.toISOString() }),
  };
}
