import {
  asRecordId,
  type EventId,
  type RecordId,
  toReleaseRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";
import { duplicateIndexes } from "../delivery-log/write-errors.js";
import { sealedByKeyIndex } from "../secrets/sealed-bytes.js";
import type { Store } from "../store.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";
import { explain, type Explanation } from "./explanation.js";
import {
  type EventDocument,
  type EventPosition,
  type LoggedEvent,
  type NewLoggedEvent,
  type RoutingDecision,
  toEventDocument,
  toEventDocumentId,
  toLoggedEvent,
  toSealedEventPlace,
} from "./logged-event.js";
import { SharedCall } from "./shared-call.js";

export const EVENTS = "events";

/** Those an index finds by status. */
export const RARE_EVENT_STATUSES = ["suppressed", "scheduled", "cancelled"] as const;

/** One shared insert takes in no further partition beyond so many events. */
const SHARED_EVENTS_MAX = 500;

export const eventLogIndexes: CollectionIndexes = {
  collection: EVENTS,
  indexes: [
    { name: "newest", key: { workspaceId: 1, acceptedAt: -1, _id: -1 } },
    { name: "newest_of_type", key: { workspaceId: 1, type: 1, acceptedAt: -1, _id: -1 } },
    {
      // One entry a delivery, none of an event that went nowhere: lists of deliveries, and what of them is pending.
      name: "newest_of_webhook",
      key: { workspaceId: 1, "decision.matched.webhookId": 1, acceptedAt: -1, _id: -1 },
      partialFilterExpression: { "decision.matched.webhookId": { $exists: true } },
    },
    {
      // Nearly all events are accepted: the index holds the others only.
      name: "newest_by_status",
      key: { workspaceId: 1, status: 1, acceptedAt: -1, _id: -1 },
      partialFilterExpression: { status: { $in: [...RARE_EVENT_STATUSES] } },
    },
    {
      name: "resend_by_delivery",
      key: { workspaceId: 1, "decision.matched.deliveryId": 1 },
      partialFilterExpression: { resendOf: { $exists: true } },
    },
    {
      name: "resends_of_event",
      key: { workspaceId: 1, eventId: 1, acceptedAt: 1 },
      partialFilterExpression: { resendOf: { $exists: true } },
    },
    {
      // In the order of the line; one entry for each webhook that did not get the event as it was not sent to.
      name: "owed_to_webhook",
      key: { workspaceId: 1, "owed.webhookId": 1, "position.epoch": 1, "position.offset": 1 },
      partialFilterExpression: { "owed.webhookId": { $exists: true } },
    },
    { name: "retention_ttl", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    sealedByKeyIndex,
  ],
};

/** What the log says about a record that is to be recorded. */
export type Recorded =
  /** New, or seen before at this very place: act on this decision, which is in the log now. */
  | { readonly kind: "decided"; readonly isReplay: boolean; readonly decision: RoutingDecision }
  /** The same id stands at another place: to be dropped. */
  | { readonly kind: "duplicate" };

/**
 * Which events there were and what was decided for each (architecture.md §3, router). Written by the routers alone, in
 * bulk, before anything is produced.
 */
export class EventLog {
  readonly #store: Store;
  /** Partitions are routed side by side; their inserts share a round trip, and a commit of the journal. */
  readonly #records = new SharedCall<NewLoggedEvent, Recorded>(
    (events) => this.#record(events),
    SHARED_EVENTS_MAX,
  );

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Brings events with their decisions into the log, or finds them there. Idempotent: after a failure the call is made
   * again, and what the first one wrote counts as found.
   *
   * @param events in the order of the line
   * @returns for each event, in the same order, what holds for it
   * @throws MongoDB's error when the database did not take all of it; an Error when a document that exists cannot be
   *   read yet as it is not on the majority. Both pass
   */
  async record(events: readonly NewLoggedEvent[]): Promise<readonly Recorded[]> {
    return events.length === 0 ? [] : this.#records.run(events);
  }

  async find(workspaceId: WorkspaceId, recordId: RecordId): Promise<LoggedEvent | undefined> {
    const document = await this.#collection().findOne(
      { _id: toEventDocumentId(workspaceId, recordId) },
      { projection: { sealed: 0 } },
    );
    return document ? toLoggedEvent(document) : undefined;
  }

  /**
   * The event's exact bytes, to be sent once more: the only way to those that are sealed.
   *
   * @returns undefined when the log does not have the record (any more)
   * @throws SecretError `unknown_key`, `not_authentic`: they are there, and this process cannot open them
   */
  async readOriginalBody(workspaceId: WorkspaceId, recordId: RecordId): Promise<Uint8Array | undefined> {
    const _id = toEventDocumentId(workspaceId, recordId);
    const found = await this.#collection().findOne({ _id }, { projection: { body: 1, sealed: 1 } });
    if (!found) return undefined;
    const { body, sealed } = found;
    return sealed ? this.#store.secrets.openBytes(sealed, toSealedEventPlace(_id)) : body.value();
  }

  /**
   * An event by its own id: as it was routed, or as it waits for its `deliverAt`. Never a resend of it.
   *
   * @returns undefined when the log does not have it (yet, or any more)
   */
  async findEvent(workspaceId: WorkspaceId, eventId: EventId): Promise<LoggedEvent | undefined> {
    const own = toEventDocumentId(workspaceId, asRecordId(eventId));
    const release = toEventDocumentId(workspaceId, toReleaseRecordId(eventId));
    // `eventId` too: who asks for `rel:x` does not mean the release of x.
    const found = await this.#collection()
      .find({ _id: { $in: [own, release] }, eventId }, { projection: { sealed: 0 } })
      .toArray();
    const document = found.find(({ _id }) => _id === release) ?? found[0];
    return document && toLoggedEvent(document);
  }

  /** Whether any of these records was recorded at its very place: then their log is the one that was routed. */
  async holdsAny(
    records: readonly Pick<NewLoggedEvent, "workspaceId" | "recordId" | "position">[],
  ): Promise<boolean> {
    const places = new Map(
      records.map(({ workspaceId, recordId, position }) => [
        toEventDocumentId(workspaceId, recordId),
        position,
      ]),
    );
    const found = await this.#collection()
      .find({ _id: { $in: [...places.keys()] } }, { projection: { position: 1 } })
      .toArray();
    return found.some(({ _id, position }) => {
      const place = places.get(_id);
      return place !== undefined && isSamePosition(position, place);
    });
  }

  /** Has the releases stand for the events they are of. Idempotent. */
  async markReleased(workspaceId: WorkspaceId, eventIds: readonly EventId[]): Promise<void> {
    const ids = eventIds.map((id) => toEventDocumentId(workspaceId, asRecordId(id)));
    await this.#collection().updateMany({ _id: { $in: ids } }, { $set: { released: true } });
  }

  /** Why an event went where it went; undefined when the log does not have it (yet, or any more). */
  async explain(workspaceId: WorkspaceId, eventId: EventId): Promise<Explanation | undefined> {
    const event = await this.findEvent(workspaceId, eventId);
    if (!event) return undefined;
    const webhooks = await this.#store.db
      .collection<WebhookDocument>(WEBHOOKS)
      .find(
        {
          workspaceId,
          createdAt: { $lte: event.acceptedAt },
          $or: [{ deletedAt: { $exists: false } }, { deletedAt: { $gt: event.acceptedAt } }],
        },
        { projection: { _id: 1 }, sort: { _id: 1 } },
      )
      .toArray();
    return explain(
      event,
      webhooks.map(({ _id }): WebhookId => _id),
    );
  }

  async #record(events: readonly NewLoggedEvent[]): Promise<readonly Recorded[]> {
    const documents = events.map((event) => toEventDocument(event, this.#store.secrets));
    const firstOfId = new Map<string, EventDocument>();
    for (const document of documents) {
      if (!firstOfId.has(document._id)) firstOfId.set(document._id, document);
    }
    const inserted = [...firstOfId.values()];
    const known = await this.#insert(inserted);
    const found = await this.#read(known);
    return documents.map((document) => {
      const stored = found.get(document._id) ?? firstOfId.get(document._id) ?? document;
      if (!isSamePosition(stored.position, document.position)) return { kind: "duplicate" };
      return { kind: "decided", isReplay: found.has(document._id), decision: stored.decision };
    });
  }

  #collection() {
    return this.#store.db.collection<EventDocument>(EVENTS);
  }

  /** @returns the ids that were in the log already. */
  async #insert(documents: readonly EventDocument[]): Promise<readonly string[]> {
    try {
      await this.#collection().insertMany([...documents], { ordered: false });
      return [];
    } catch (error) {
      return [...duplicateIndexes(error)].flatMap((index) => documents[index]?._id ?? []);
    }
  }

  /** Reads by majority: a decision that a change of primary could still undo is not acted on. */
  async #read(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<EventDocument, "_id" | "position" | "decision">>> {
    if (ids.length === 0) return new Map();
    const documents = await this.#collection()
      .find({ _id: { $in: [...ids] } }, { readConcern: { level: "majority" }, readPreference: "primary" })
      .project<Pick<EventDocument, "_id" | "position" | "decision">>({ position: 1, decision: 1 })
      .toArray();
    if (documents.length < ids.length) {
      throw new Error("Records of the event log exist and cannot be read yet");
    }
    return new Map(documents.map((document) => [document._id, document]));
  }
}

function isSamePosition(one: EventPosition, other: EventPosition): boolean {
  return one.partition === other.partition && one.epoch === other.epoch && one.offset === other.offset;
}
