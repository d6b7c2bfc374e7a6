import { type ApiKeyDocument, apiKeyParser } from "../api-keys/api-key.js";
import { type EndpointDocument, endpointParser } from "../endpoints/endpoint.js";
import { type EventTypeDocument, eventTypeParser } from "../event-types/event-type.js";
import { type WebhookDocument, webhookParser } from "../webhooks/webhook.js";
import { type WorkspaceDocument, workspaceParser } from "../workspaces/workspace.js";
import { CopiedTable } from "./copied-table.js";

const versionOf = ({ version }: { readonly version: number }): number => version;

/** An empty table for each collection. */
export const createTables = () => ({
  workspaces: new CopiedTable<WorkspaceDocument>({ parser: workspaceParser, versionOf }),
  apiKeys: new CopiedTable<ApiKeyDocument>({
    parser: apiKeyParser,
    // A key changes once in its life.
    versionOf: ({ revokedAt }) => (revokedAt ? 1 : 0),
    groupOf: ({ hash }) => hash,
  }),
  eventTypes: new CopiedTable<EventTypeDocument>({ parser: eventTypeParser, versionOf }),
  webhooks: new CopiedTable<WebhookDocument>({
    parser: webhookParser,
    versionOf,
    groupOf: ({ workspaceId }) => workspaceId,
    isHidden: ({ deletedAt }) => deletedAt !== undefined,
  }),
  endpoints: new CopiedTable<EndpointDocument>({ parser: endpointParser, versionOf }),
});

export type Tables = ReturnType<typeof createTables>;

/** Collections a copy can hold. */
export type CopiedCollection = keyof Tables;
