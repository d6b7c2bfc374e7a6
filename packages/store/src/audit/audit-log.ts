import { asApiKeyId } from "@hooklane/core";
import type { Store } from "../store.js";
import {
  AUDIT_LOG,
  type AuditActor,
  type AuditDocument,
  type AuditEntry,
  type AuditOwner,
} from "./audit-entry.js";

/** What is looked for; all of it. */
export interface AuditFilter {
  readonly objectId?: string;
  /** An API key's id, `operator` or `system`. */
  readonly actor?: string;
  readonly from?: Date;
  /** Not included. */
  readonly to?: Date;
}

/** Place of an entry in the list. */
export interface AuditPlace {
  readonly at: Date;
  readonly id: string;
}

/** Reads the audit log. There is nothing that writes but `recordChange`, and nothing that changes or deletes. */
export class AuditLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Newest first, from behind `after`. */
  async list(
    owner: AuditOwner,
    filter: AuditFilter,
    page: { readonly after?: AuditPlace | undefined; readonly limit: number },
  ): Promise<AuditEntry[]> {
    const documents = await this.query(owner, filter, page).toArray();
    return documents.map(toEntry);
  }

  /** The query of {@link list}: tests look at its plan. */
  query(
    owner: AuditOwner,
    { objectId, actor, from, to }: AuditFilter,
    { after, limit }: { readonly after?: AuditPlace | undefined; readonly limit: number },
  ) {
    const at = {
      ...(from && { $gte: from }),
      ...(to && { $lt: to }),
      // Beside the exact condition below: this one bounds what is read of the index.
      ...(after && { $lte: after.at }),
    };
    return this.#store.db
      .collection<AuditDocument>(AUDIT_LOG)
      .find({
        owner,
        ...(objectId !== undefined && { objectId }),
        ...(actor !== undefined && { actor }),
        ...(Object.keys(at).length > 0 && { at }),
        ...(after && { $or: [{ at: { $lt: after.at } }, { _id: { $lt: after.id } }] }),
      })
      .sort({ at: -1, _id: -1 })
      .limit(limit);
  }
}

function toEntry(document: AuditDocument): AuditEntry {
  const { _id, at, operation, objectKind, objectId, changes, before, after, requestId, ip } = document;
  return {
    id: _id,
    at,
    actor: toActor(document.actor),
    operation,
    object: { kind: objectKind, id: objectId },
    changes,
    ...(before !== undefined && { before: JSON.parse(before) as unknown }),
    ...(after !== undefined && { after: JSON.parse(after) as unknown }),
    ...(requestId !== undefined && { requestId }),
    ...(ip !== undefined && { ip }),
  };
}

function toActor(text: string): AuditActor {
  if (text === "operator" || text === "system") return { kind: text };
  return { kind: "api_key", id: asApiKeyId(text) };
}
