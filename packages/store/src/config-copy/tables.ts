import { type ApiKeyDocument, apiKeyParser } from "../api-keys/api-key.js";
import { type DeletedContactDocument, deletedContactParser } from "../audiences/deleted-contact.js";
import { type EndpointDocument, endpointParser } from "../endpoints/endpoint.js";
import type { DocumentSecrets } from "../secrets/document-secrets.js";
import { type EventTypeDocument, eventTypeParser } from "../event-types/event-type.js";
import { type WebhookDocument, webhookParser, WEBHOOKS } from "../webhooks/webhook.js";
import { type WorkspaceDocument, workspaceParser, WORKSPACES } from "../workspaces/workspace.js";
import { CopiedTable } from "./copied-table.js";

const versionOf = ({ version }: { readonly version: number }): number => version;

/** An empty table for each collection. @param secrets opens what is stored sealed */
export const createTables = (secrets: DocumentSecrets) => ({
  workspaces: new CopiedTable<WorkspaceDocument>({
    parser: workspaceParser,
    open: (workspace) => secrets.open(WORKSPACES, workspace),
    versionOf,
  }),
  apiKeys: new CopiedTable<ApiKeyDocument>({
    parser: apiKeyParser,
    // Revoked once for good; what else changes, its last use, nobody reads from a copy.
    versionOf: ({ revokedAt }) => (revokedAt ? 1 : 0),
    groupOf: ({ hash }) => hash,
  }),
  eventTypes: new CopiedTable<EventTypeDocument>({ parser: eventTypeParser, versionOf }),
  webhooks: new CopiedTable<WebhookDocument>({
    parser: webhookParser,
    open: (webhook) => secrets.open(WEBHOOKS, webhook),
    versionOf,
    groupOf: ({ workspaceId }) => workspaceId,
    isHidden: ({ deletedAt }) => deletedAt !== undefined,
  }),
  endpoints: new CopiedTable<EndpointDocument>({ parser: endpointParser, versionOf }),
  deletedContacts: new CopiedTable<DeletedContactDocument>({
    parser: deletedContactParser,
    versionOf: ({ deletedAt }) => deletedAt.getTime(),
  }),
});

export type Tables = ReturnType<typeof createTables>;

/** Collections a copy can hold. */
export type CopiedCollection = keyof Tables;
