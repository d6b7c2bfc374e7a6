import { encodeEvent, type OutgoingRecord } from "@hooklane/contracts";
import {
  asContactId,
  asEventId,
  asRecordId,
  asWorkspaceId,
  type ContactId,
  EVENT_SOURCES,
  type EventSource,
  type RecordId,
  type WorkspaceId,
} from "@hooklane/core";
import { mongo } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";

export const CONTACT_EVENTS = "contactEvents";

/** An event that tells of a contact's change and waits to be put in line. */
export interface ContactEventDocument {
  /** `toContactRecordId`: however often it is produced, it is routed once. */
  readonly _id: RecordId;
  readonly contactId: ContactId;
  /** The contact's after the change. */
  readonly version: number;
  /** Of the event among those of the change, from 0. */
  readonly ordinal: number;
  readonly workspaceId: WorkspaceId;
  /** Explicit partition of the workspace on `events.v1`. */
  readonly eventsPartition: number;
  readonly type: string;
  readonly source: EventSource;
  /** W2: the workspace's type says that events of this source are logged and not delivered. */
  readonly suppressed?: true;
  /** W3: no webhook's source filter applies. */
  readonly ignoresSourceFilter?: true;
  readonly createdAt: Date;
  /** The event's exact JSON bytes. The contact itself stands beside, so they are not sealed; they wait for seconds. */
  readonly body: mongo.Binary;
}

export const contactEventIndexes: CollectionIndexes = {
  collection: CONTACT_EVENTS,
  indexes: [
    { name: "contact", key: { contactId: 1, version: 1, ordinal: 1 }, unique: true },
    { name: "age", key: { createdAt: 1 } },
  ],
};

const parser: z.ZodType<ContactEventDocument> = z.object({
  _id: z.string().transform(asRecordId),
  contactId: z.string().transform(asContactId),
  version: z.number().int(),
  ordinal: z.number().int(),
  workspaceId: z.string().transform(asWorkspaceId),
  eventsPartition: z.number().int(),
  type: z.string(),
  source: z.enum(EVENT_SOURCES),
  suppressed: z.literal(true).exactOptional(),
  ignoresSourceFilter: z.literal(true).exactOptional(),
  createdAt: z.date(),
  body: z.instanceof(mongo.Binary),
});

/** How much waits, for metrics. */
export interface ContactEventsWaiting {
  readonly count: number;
  readonly oldestAt: Date | undefined;
}

/**
 * Events of contacts' changes, from the transaction of the change until the broker has them.
 *
 * A contact's events are in order at the receiver, whoever produces them, if each who does so takes **all** that wait for
 * the contact ({@link listPending}, after the commit) and hands them over together, in that order: what was before and
 * does not wait any more was produced, and copies of it are dropped by the router.
 */
export class ContactEvents {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Adds events as a part of the transaction that changes their contacts. */
  async add(events: readonly ContactEventDocument[], session: Session): Promise<void> {
    if (events.length > 0) await this.#collection().insertMany(events, { session });
  }

  /**
   * All that waits for these contacts: of each its lowest version first. To be called after the commit.
   *
   * @param limit the first so many, the rest when these are done; default: all
   */
  async listPending(contactIds: readonly ContactId[], limit = 0): Promise<readonly ContactEventDocument[]> {
    if (contactIds.length === 0) return [];
    const found = await this.#collection()
      .find({ contactId: { $in: contactIds } })
      .sort({ contactId: 1, version: 1, ordinal: 1 })
      .limit(limit)
      .toArray();
    return found.map((document) => parser.parse(document));
  }

  /** The broker has them. Idempotent; what is routed is found in the event log. */
  async markDone(recordIds: readonly RecordId[]): Promise<void> {
    if (recordIds.length > 0) await this.#collection().deleteMany({ _id: { $in: recordIds } });
  }

  /** Contacts with events that wait since before `before`, the oldest first: what a sweeper takes up. */
  async listOverdue(before: Date, limit: number): Promise<readonly ContactId[]> {
    const found = await this.#collection()
      .find({ createdAt: { $lt: before } })
      .sort({ createdAt: 1 })
      .limit(limit)
      .project<Pick<ContactEventDocument, "contactId">>({ contactId: 1 })
      .toArray();
    return [...new Set(found.map(({ contactId }) => contactId))];
  }

  async measure(): Promise<ContactEventsWaiting> {
    const [count, oldest] = await Promise.all([
      this.#collection().estimatedDocumentCount(),
      this.#collection().findOne<Pick<ContactEventDocument, "createdAt">>(
        {},
        { sort: { createdAt: 1 }, projection: { createdAt: 1 } },
      ),
    ]);
    return { count, oldestAt: oldest?.createdAt };
  }

  #collection() {
    return this.#store.db.collection<ContactEventDocument>(CONTACT_EVENTS);
  }
}

/**
 * The record that puts an event of a contact in line.
 *
 * @param topic `events.v1` with its prefix
 */
export function toContactEventRecord(topic: string, event: ContactEventDocument): OutgoingRecord {
  const { _id, workspaceId, eventsPartition, type, source, suppressed, ignoresSourceFilter, createdAt } =
    event;
  return encodeEvent(
    topic,
    eventsPartition,
    {
      workspaceId,
      recordId: _id,
      eventId: asEventId(_id),
      type,
      source,
      acceptedAt: createdAt.getTime(),
      ...(suppressed && { suppressed }),
      ...(ignoresSourceFilter && { ignoresSourceFilter }),
    },
    event.body.buffer,
  );
}
