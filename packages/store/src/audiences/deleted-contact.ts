import { asContactId, asWorkspaceId, type ContactId, type WorkspaceId } from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

/**
 * A deleted contact that requests may be in line about: dispatchers hold these in memory and cancel what is queued
 * about them (product.md W5).
 */
export interface DeletedContactDocument {
  readonly _id: ContactId;
  readonly workspaceId: WorkspaceId;
  readonly deletedAt: Date;
}

export const DELETED_CONTACTS = "deletedContacts";

/**
 * Longer than anything stands in line: events, and with them what is held of lines, are kept seven days in the log. A
 * resend or a recovery that comes later looks for the contact itself.
 */
const KEPT_DAYS = 8;

export const deletedContactIndexes: CollectionIndexes = {
  collection: DELETED_CONTACTS,
  indexes: [{ name: "expiry", key: { deletedAt: 1 }, expireAfterSeconds: KEPT_DAYS * 24 * 3_600 }],
};

/** Parses a document as it is read. */
export const deletedContactParser: z.ZodType<DeletedContactDocument> = z.object({
  _id: z.string().transform(asContactId),
  workspaceId: z.string().transform(asWorkspaceId),
  deletedAt: z.date(),
});
