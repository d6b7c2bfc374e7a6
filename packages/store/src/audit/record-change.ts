import { isDeepStrictEqual } from "node:util";
import { mongo } from "mongoose";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { currentAuditContext } from "./audit-context.js";
import {
  AUDIT_LOG,
  type AuditActor,
  type AuditDocument,
  type AuditedObject,
  type AuditOwner,
} from "./audit-entry.js";
import { maskSecrets } from "./masked.js";

/** A document as it is stored, with plain secrets: a new secret is seen to be another. */
type AuditedDocument = object & { readonly _id: string };

/** A change as the repository that makes it knows it. */
export interface AuditedChange {
  readonly owner: AuditOwner;
  readonly object: AuditedObject;
  /** Absent: it is made. */
  readonly before?: AuditedDocument | undefined;
  /** Absent: it is deleted. */
  readonly after?: AuditedDocument | undefined;
  readonly at: Date;
}

/**
 * Writes a change to the audit log as a part of the transaction that makes it: neither is there without the other. Who
 * and by which call come from the context (`runAudited`).
 */
export async function recordChange(store: Store, change: AuditedChange, session: Session): Promise<void> {
  await store.db.collection<AuditDocument>(AUDIT_LOG).insertOne(toDocument(change), { session });
}

function toDocument({ owner, object, before, after, at }: AuditedChange): AuditDocument {
  const { actor, operation, requestId, ip } = currentAuditContext();
  const text = (value: AuditedDocument) => JSON.stringify(toShown(object, value));
  return {
    _id: `aud_${new mongo.ObjectId().toHexString()}`,
    owner,
    at,
    actor: toActorText(actor),
    operation,
    objectKind: object.kind,
    objectId: object.id,
    changes: before && after ? changedFields(before, after) : [],
    ...(before && { before: text(before) }),
    ...(after && { after: text(after) }),
    ...(requestId !== undefined && { requestId }),
    ...(ip !== undefined && { ip }),
  };
}

/** As the API shows objects: its id under that name, and no secret. */
function toShown({ kind, id }: AuditedObject, document: AuditedDocument): object {
  const { _id, ...fields } = maskSecrets(kind, document);
  return { id, ...fields };
}

const toActorText = (actor: AuditActor): string => (actor.kind === "api_key" ? actor.id : actor.kind);

/** Raised by every change, so they say nothing. */
const COUNTERS: ReadonlySet<string> = new Set(["version", "updatedAt"]);

/** Names of the fields that differ, sorted. Compared as JSON: what is absent and what is undefined are alike. */
export function changedFields(before: object, after: object): readonly string[] {
  const [one, other] = [toFields(before), toFields(after)];
  const names = new Set([...one.keys(), ...other.keys()]);
  return [...names]
    .filter((name) => !COUNTERS.has(name) && !isDeepStrictEqual(one.get(name), other.get(name)))
    .sort();
}

const toFields = (value: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(JSON.parse(JSON.stringify(value)) as Record<string, unknown>));
