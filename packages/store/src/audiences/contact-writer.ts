import {
  type Contact,
  CONTACT_EVENT_TYPES,
  type EventSource,
  toContactEvent,
  toContactRecordId,
  toEmailKey,
  toEventJson,
  type WorkspaceId,
} from "@hooklane/core";
import { mongo } from "mongoose";
import { keepBefore } from "../campaigns/membership.js";
import { EVENT_TYPES, type EventTypeDocument, toEventTypeId } from "../event-types/event-type.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import { WORKSPACES, type WorkspaceDocument } from "../workspaces/workspace.js";
import { type AudienceDocument, AUDIENCES } from "./audience.js";
import { type ContactDocument, CONTACTS, toContact, toContactDocument } from "./contact.js";
import { ContactBatch, namedTags, type PlannedChange } from "./contact-batch.js";
import { type ContactEventDocument, ContactEvents } from "./contact-events.js";
import type { ContactOutcome, ContactWrite, ContactWriteOptions } from "./contact-write.js";
import { noteDeleted } from "./note-deleted.js";
import { type TagDocument, TAGS, toTagId } from "./tag.js";

/** What contacts are written of: an audience and whose it is. */
export type WrittenAudience = Pick<AudienceDocument, "_id" | "workspaceId">;

/** What a type of the workspace says of an event. */
type TypeRules = Pick<EventTypeDocument, "type" | "suppressedSources" | "sourceFilter">;

/**
 * The only way contacts are written: with the events that tell of it, and what touchpoints that are due have to know, in
 * one transaction. A thousand writes are about ten round trips.
 */
export class ContactWriter {
  readonly #store: Store;
  readonly #events: ContactEvents;

  constructor(store: Store) {
    this.#store = store;
    this.#events = new ContactEvents(store);
  }

  /** {@link writeMany} of one write, in a transaction of its own. */
  async write(
    audience: WrittenAudience,
    write: ContactWrite,
    options: ContactWriteOptions,
  ): Promise<ContactOutcome> {
    const [outcome] = await retryDuplicateKey(() =>
      runTransaction(this.#store, (session) => this.writeMany(session, audience, [write], options)),
    );
    if (!outcome) throw new Error("A write of a contact came to nothing");
    return outcome;
  }

  /**
   * Writes contacts of one audience, one after the other, as a part of a transaction. What is rejected leaves the others
   * as they are. The events wait in `contactEvents`: after the commit, the caller has them put in line.
   *
   * @returns an outcome a write, in their order
   * @throws MongoDB's duplicate key where another transaction makes the same contact: to be begun again as a whole
   *   (`retryDuplicateKey` around `runTransaction`)
   */
  async writeMany(
    session: Session,
    audience: WrittenAudience,
    writes: readonly ContactWrite[],
    { source, at }: ContactWriteOptions,
  ): Promise<readonly ContactOutcome[]> {
    if (!(await this.#exists(audience, session)))
      return writes.map(() => ({ kind: "rejected", reason: "audience_deleted" }));
    const batch = new ContactBatch({
      audienceId: audience._id,
      contacts: await this.#readContacts(audience, writes, session),
      tags: await this.#readTags(audience, writes, session),
      at,
    });
    const outcomes = writes.map((write) => batch.plan(write));
    if (batch.changes.length > 0) await this.#save(session, audience, batch, source);
    return outcomes;
  }

  async #save(
    session: Session,
    audience: WrittenAudience,
    batch: ContactBatch,
    source: EventSource,
  ): Promise<void> {
    const { workspaceId } = audience;
    const deleted = batch.changes.filter(({ kind }) => kind === "deleted");
    await keepBefore(this.#store, session, audience._id, toBefore(batch, workspaceId));
    await noteDeleted(
      this.#store,
      session,
      audience,
      deleted.map(({ contact }) => contact),
    );
    // One command for all that is added and changed, in their order: an address given up can be taken by the next.
    await this.#contacts().bulkWrite(
      batch.changes.map((change) => toOperation(change, workspaceId)),
      { session, ordered: true },
    );
    await this.#events.add(await this.#toEvents(session, workspaceId, batch.changes, source), session);
  }

  async #exists({ _id, workspaceId }: WrittenAudience, session: Session): Promise<boolean> {
    const found = await this.#store.db
      .collection<AudienceDocument>(AUDIENCES)
      .findOne({ _id, workspaceId, deletedAt: { $exists: false } }, { session, projection: { _id: 1 } });
    return found !== null;
  }

  async #readContacts(
    { _id: audienceId }: WrittenAudience,
    writes: readonly ContactWrite[],
    session: Session,
  ): Promise<Contact[]> {
    const ids = writes.flatMap((write) => ("contactId" in write ? [write.contactId] : []));
    const emailKeys = writes.flatMap(emailsOf).map(toEmailKey);
    const found = await this.#contacts()
      .find(
        {
          $or: [
            { audienceId, emailKey: { $in: emailKeys } },
            { _id: { $in: ids }, audienceId },
          ],
        },
        { session },
      )
      .toArray();
    return found.map(toContact);
  }

  async #readTags(
    { _id: audienceId }: WrittenAudience,
    writes: readonly ContactWrite[],
    session: Session,
  ): Promise<ReadonlySet<string>> {
    const names = new Set(writes.flatMap((write) => ("patch" in write ? namedTags(write.patch) : [])));
    if (names.size === 0) return names;
    const found = await this.#store.db
      .collection<TagDocument>(TAGS)
      .find(
        { _id: { $in: [...names].map((name) => toTagId(audienceId, name)) }, deletedAt: { $exists: false } },
        { session },
      )
      .toArray();
    return new Set(found.map(({ name }) => name));
  }

  /** Those of types the workspace has. */
  async #toEvents(
    session: Session,
    workspaceId: WorkspaceId,
    changes: readonly PlannedChange[],
    source: EventSource,
  ): Promise<readonly ContactEventDocument[]> {
    if (changes.every(({ events }) => events.length === 0)) return [];
    const rules = await this.#readRules(workspaceId, session);
    const eventsPartition = await this.#readPartition(workspaceId, session);
    return changes.flatMap(({ contact, events }) =>
      events.flatMap((event, ordinal): ContactEventDocument[] => {
        const rule = rules.get(event.type);
        if (!rule) return [];
        const native = toContactEvent(contact, event, ordinal, source);
        return [
          {
            _id: toContactRecordId(contact.id, contact.version, ordinal),
            contactId: contact.id,
            version: contact.version,
            ordinal,
            workspaceId,
            eventsPartition,
            type: event.type,
            source,
            ...(rule.suppressedSources?.includes(source) && { suppressed: true }),
            ...(rule.sourceFilter === false && { ignoresSourceFilter: true }),
            createdAt: contact.updatedAt,
            body: new mongo.Binary(Buffer.from(toEventJson(native))),
          },
        ];
      }),
    );
  }

  async #readRules(workspaceId: WorkspaceId, session: Session): Promise<ReadonlyMap<string, TypeRules>> {
    const found = await this.#store.db
      .collection<EventTypeDocument>(EVENT_TYPES)
      .find<TypeRules>(
        { _id: { $in: CONTACT_EVENT_TYPES.map((type) => toEventTypeId(workspaceId, type)) } },
        { session, projection: { type: 1, suppressedSources: 1, sourceFilter: 1 } },
      )
      .toArray();
    return new Map(found.map((rules) => [rules.type, rules]));
  }

  async #readPartition(workspaceId: WorkspaceId, session: Session): Promise<number> {
    const workspace = await this.#store.db
      .collection<WorkspaceDocument>(WORKSPACES)
      .findOne({ _id: workspaceId }, { session, projection: { eventsPartition: 1 } });
    if (!workspace) throw new Error(`Workspace ${workspaceId} does not exist`);
    return workspace.eventsPartition;
  }

  #contacts() {
    return this.#store.db.collection<ContactDocument>(CONTACTS);
  }
}

/** Addresses a write has to know the contacts of. */
function emailsOf(write: ContactWrite): readonly string[] {
  switch (write.kind) {
    case "add":
    case "put":
      return [write.email];
    case "change":
      return write.patch.email === undefined ? [] : [write.patch.email];
    case "delete":
      return [];
  }
}

/** An insertion is an update too: operations of one sort travel in one command, of two in as many as they alternate. */
const toOperation = (
  { kind, contact }: PlannedChange,
  workspaceId: WorkspaceId,
): mongo.AnyBulkWriteOperation<ContactDocument> => {
  const filter = { _id: contact.id };
  if (kind === "deleted") return { deleteOne: { filter } };
  const { _id, ...fields } = toContactDocument(contact, workspaceId);
  // No replacement: a newer version's fields stay (ADR 0033).
  const $unset = fields.emailFormat === undefined ? { emailFormat: "" as const } : undefined;
  return { updateOne: { filter, update: { $set: fields, ...($unset && { $unset }) }, upsert: true } };
};

const toBefore = ({ before }: ContactBatch, workspaceId: WorkspaceId) =>
  [...before].map(([contactId, contact]) => ({
    contactId,
    before: contact && toContactDocument(contact, workspaceId),
  }));
