import type { ApiKeyId, AuditObject, WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";

/** Who made a change: a key of the workspace, the operator, or Hooklane itself (the shared rule). */
export type AuditActor =
  | { readonly kind: "api_key"; readonly id: ApiKeyId }
  | { readonly kind: "operator" }
  | { readonly kind: "system" };

/** Whose configuration it is: a workspace's, or the operator's own (plans). */
export type AuditOwner = WorkspaceId | typeof INSTALLATION;
export const INSTALLATION = "installation";

/** What was changed. Event types go by their name, resends by what was resent. */
export interface AuditedObject {
  readonly kind: AuditObject;
  readonly id: string;
}

/** One change of what is configured (product.md O5). Written with the change, never changed or deleted. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: AuditActor;
  /** The call (`patchWebhook`), or what Hooklane did by itself (`disableWebhook`). */
  readonly operation: string;
  readonly object: AuditedObject;
  /** Names of the fields that are others than before; empty when the object was made or deleted. */
  readonly changes: readonly string[];
  /** Absent: it was made. Secrets are masked. */
  readonly before?: unknown;
  /** Absent: it was deleted. Secrets are masked. */
  readonly after?: unknown;
  /** As answered in `X-Request-Id`. */
  readonly requestId?: string;
  /** Of who called, as the service saw it. */
  readonly ip?: string;
}

/** As stored. */
export interface AuditDocument {
  /** `aud_…`, growing with time. */
  readonly _id: string;
  readonly owner: AuditOwner;
  readonly at: Date;
  /** An API key's id, `operator` or `system`. */
  readonly actor: string;
  readonly operation: string;
  readonly objectKind: AuditObject;
  readonly objectId: string;
  readonly changes: readonly string[];
  /** JSON text: field names of users are free, and MongoDB's are not. */
  readonly before?: string;
  readonly after?: string;
  readonly requestId?: string;
  readonly ip?: string;
}

export const AUDIT_LOG = "auditLog";

/** No time to live: who may delete is decided by the roles of the database. */
export const auditLogIndexes: CollectionIndexes = {
  collection: AUDIT_LOG,
  indexes: [
    { name: "owner", key: { owner: 1, at: -1, _id: -1 } },
    { name: "object", key: { owner: 1, objectId: 1, at: -1, _id: -1 } },
    { name: "actor", key: { owner: 1, actor: 1, at: -1, _id: -1 } },
  ],
};
