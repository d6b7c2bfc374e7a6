import { apiKeyList, createApiKey, createdApiKey, listQuery } from "@hooklane/contracts";
import { asApiKeyId } from "@hooklane/core";
import type { ApiKeyRepository } from "@hooklane/store";
import { created, invalid, noContent, notFound } from "../http/answer.js";
import { listByKey } from "../http/list.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { makeApiKey, toApiKeyAnswer } from "./api-key-answer.js";
import { checkExpiry } from "./api-key-expiry.js";

const tag = "API keys";

export interface ApiKeyOperationsOptions {
  readonly apiKeys: ApiKeyRepository;
  readonly now: () => Date;
}

export function apiKeyOperations({ apiKeys, now }: ApiKeyOperationsOptions): readonly Operation[] {
  return [
    workspaceOperation({
      method: "post",
      path: "/v1/api-keys",
      operationId: "createApiKey",
      tag,
      summary: "Make a key",
      access: "write",
      body: createApiKey,
      success: { status: 201, description: "The key, shown this once", body: createdApiKey },
      problems: [],
      handle: async ({ workspaceId, body }) => {
        const at = now();
        const errors = checkExpiry(body, at);
        if (errors.length > 0) return invalid(errors);
        const { key, document } = makeApiKey(workspaceId, body, at);
        await apiKeys.insert(document);
        return created({ ...toApiKeyAnswer(document), apiKey: key });
      },
    }),
    workspaceOperation({
      method: "get",
      path: "/v1/api-keys",
      operationId: "listApiKeys",
      tag,
      summary: "List keys, oldest first, revoked ones too",
      access: "read",
      query: listQuery,
      success: { status: 200, description: "Keys without what opens", body: apiKeyList },
      problems: ["invalid_cursor"],
      handle: async ({ workspaceId, query }) =>
        listByKey(
          query,
          ({ after, limit }) =>
            apiKeys.list(workspaceId, { limit, ...(after !== undefined && { after: asApiKeyId(after) }) }),
          { keyOf: ({ _id }) => _id, toAnswer: toApiKeyAnswer },
        ),
    }),
    workspaceOperation({
      method: "delete",
      path: "/v1/api-keys/{id}",
      operationId: "revokeApiKey",
      tag,
      summary:
        "Revoke a key for good, at once; also the one the call is made with, and the last one: the operator can make another",
      access: "write",
      success: { status: 204, description: "Revoked" },
      problems: ["not_found"],
      handle: async ({ workspaceId, params }) => {
        const revoked = await apiKeys.revoke(workspaceId, asApiKeyId(params.id ?? ""), now());
        return revoked ? noContent() : notFound("API key");
      },
    }),
  ];
}
