import {
  asAudienceId,
  asContactId,
  type AudienceId,
  type Contact,
  CONTACT_STATUSES,
  type ContactId,
  type ContactState,
  EMAIL_FORMATS,
  toEmailKey,
  type WorkspaceId,
} from "@hooklane/core";
import { mongo } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

/** A contact as it is stored. */
export interface ContactDocument extends ContactState {
  readonly _id: ContactId;
  readonly workspaceId: WorkspaceId;
  readonly audienceId: AudienceId;
  /** {@link toEmailKey} of the address: unique in the audience. */
  readonly emailKey: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const CONTACTS = "contacts";

export const contactIndexes: CollectionIndexes = {
  collection: CONTACTS,
  indexes: [
    { name: "audience_email", key: { audienceId: 1, emailKey: 1 }, unique: true },
    { name: "audience", key: { audienceId: 1, _id: 1 } },
    { name: "audience_status", key: { audienceId: 1, status: 1, _id: 1 } },
    { name: "audience_tag", key: { audienceId: 1, tags: 1, _id: 1 } },
  ],
};

/** Ids grow with time, so that lists by id are lists by age. */
export const newContactId = (): ContactId => asContactId(`ct_${new mongo.ObjectId().toHexString()}`);

const contactParser: z.ZodType<Omit<ContactDocument, "workspaceId" | "emailKey">> = z.object({
  _id: z.string().transform(asContactId),
  audienceId: z.string().transform(asAudienceId),
  email: z.string(),
  emailFormat: z.enum(EMAIL_FORMATS).exactOptional(),
  status: z.enum(CONTACT_STATUSES),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  tags: z.array(z.string()),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

/** Reads what is stored of a contact. @throws when it is none */
export function toContact(document: unknown): Contact {
  const { _id, ...contact } = contactParser.parse(document);
  return { id: _id, ...contact };
}

export function toContactDocument({ id, ...contact }: Contact, workspaceId: WorkspaceId): ContactDocument {
  return { _id: id, workspaceId, ...contact, emailKey: toEmailKey(contact.email) };
}
