import type { Contact } from "@hooklane/core";
import { hasRunningTouchpoint } from "../campaigns/membership.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import type { AudienceDocument } from "./audience.js";
import { DELETED_CONTACTS, type DeletedContactDocument } from "./deleted-contact.js";

/**
 * Tells the dispatchers of contacts that are being deleted, within the transaction that does so: where a touchpoint may
 * have put requests about them in line already, those are not to leave any more (product.md W5).
 */
export async function noteDeleted(
  store: Store,
  session: Session,
  { _id: audienceId, workspaceId }: Pick<AudienceDocument, "_id" | "workspaceId">,
  contacts: readonly Pick<Contact, "id" | "updatedAt">[],
): Promise<void> {
  if (contacts.length === 0 || !(await hasRunningTouchpoint(store, session, audienceId))) return;
  await store.db.collection<DeletedContactDocument>(DELETED_CONTACTS).insertMany(
    contacts.map(({ id, updatedAt }) => ({ _id: id, workspaceId, deletedAt: updatedAt })),
    { session },
  );
}
