import type { Contact } from "@hooklane/core";
import { mayBeSentAbout } from "../campaigns/membership.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import type { AudienceDocument } from "./audience.js";
import { DELETED_CONTACTS, type DeletedContactDocument } from "./deleted-contact.js";

/**
 * Tells the dispatchers of contacts that are being deleted, within the transaction that does so: what is in
 * line about them, of a touchpoint or a resend of its requests, is not to leave any more (product.md W5).
 */
export async function noteDeleted(
  store: Store,
  session: Session,
  { _id: audienceId, workspaceId }: Pick<AudienceDocument, "_id" | "workspaceId">,
  contacts: readonly Pick<Contact, "id" | "updatedAt">[],
): Promise<void> {
  if (contacts.length === 0 || !(await mayBeSentAbout(store, session, audienceId))) return;
  await store.db.collection<DeletedContactDocument>(DELETED_CONTACTS).insertMany(
    contacts.map(({ id, updatedAt }) => ({ _id: id, workspaceId, deletedAt: updatedAt })),
    { session },
  );
}
