import { asRecordId, type EventId, type EventSource, type WorkspaceId } from "@hooklane/core";
import { mongo } from "mongoose";
import { recordChange } from "../audit/record-change.js";
import type { CollectionIndexes } from "../collection-indexes.js";
import { duplicateIndexes } from "../delivery-log/write-errors.js";
import { EVENTS } from "../event-log/event-log.js";
import { type EventDocument, type EventPosition, toEventDocumentId } from "../event-log/logged-event.js";
import { type SealedBytes, sealedByKeyIndex, type SealedPlace } from "../secrets/sealed-bytes.js";
import { SecretError } from "../secrets/secret-key.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";

export const SCHEDULED = "scheduled";

/** An event that waits for its time (product.md O3). */
export interface ScheduledEvent {
  readonly workspaceId: WorkspaceId;
  readonly eventId: EventId;
  /** Where it stood in `events.v1`: its release goes to the same partition, and among equal times in this order. */
  readonly position: EventPosition;
  readonly type: string;
  readonly source: EventSource;
  /** W3: no webhook's source filter applies. */
  readonly ignoresSourceFilter?: true;
  readonly schemaWarning?: string;
  /** Where it stands in its trace (W3C Trace Context). */
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly acceptedAt: Date;
  readonly deliverAt: Date;
  /** The event's exact JSON bytes. */
  readonly body: Uint8Array;
}

/** An event as it is kept until its time. */
export interface NewScheduledEvent extends ScheduledEvent {
  /** Its bytes are stored sealed: they have fields that are not to be stored. The event log has what may be shown. */
  readonly isSealed?: boolean;
}

/** A scheduled event of a list, without its bytes. */
export type WaitingEvent = Omit<ScheduledEvent, "body">;

/** A place in the list of what waits, soonest first: everything behind it has a larger (deliverAt, offset). */
export interface WaitingPlace {
  readonly deliverAt: Date;
  /** Of the event in the workspace's partition of `events.v1`. */
  readonly offset: number;
}

/** `released`: it stands in line, or is being put there, and cannot be called back. */
export type Cancelled = "cancelled" | "released" | "not_found";

/** `_id` is `<workspace>:<eventId>`. */
interface ScheduledDocument extends Omit<ScheduledEvent, "body"> {
  readonly _id: string;
  /** Until it is released or cancelled; so that the indexes of what waits hold nothing else. */
  readonly pending?: true;
  /** Or `sealed`; until it is released or cancelled. */
  readonly body?: mongo.Binary;
  readonly sealed?: SealedBytes;
  /** From then on it will be released, by whichever process, and is not cancelled any more. */
  readonly releasingAt?: Date;
  readonly releasedAt?: Date;
  readonly cancelledAt?: Date;
}

/** Longer than `events.v1` keeps a record: a router that reads one again finds what was made of it. */
const KEPT_ENDED_SECONDS = 8 * 24 * 3600;

const isPending = { pending: true } as const;

export const scheduledIndexes: CollectionIndexes = {
  collection: SCHEDULED,
  indexes: [
    { name: "due", key: { deliverAt: 1 }, partialFilterExpression: isPending },
    {
      name: "due_by_workspace",
      key: { workspaceId: 1, deliverAt: 1, "position.offset": 1 },
      partialFilterExpression: isPending,
    },
    { name: "released_ttl", key: { releasedAt: 1 }, expireAfterSeconds: KEPT_ENDED_SECONDS },
    {
      name: "cancelled_ttl",
      key: { cancelledAt: 1 },
      expireAfterSeconds: KEPT_ENDED_SECONDS,
      partialFilterExpression: { cancelledAt: { $exists: true } },
    },
    sealedByKeyIndex,
  ],
};

/** A body has up to 256 KiB: so many are in memory at once. */
const READ_AT_ONCE = 25;

/** A list's query that takes longer ends with an error of the database instead of occupying it. */
const QUERY_LIMIT_MS = 5_000;

/**
 * Events that wait for their time. Written by the routers, before they commit; released by the health-monitors, unless
 * they were cancelled before: whichever write comes first, the claim of a releaser or the cancellation, decides.
 */
export class ScheduledEvents {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Keeps events, or finds them kept already. Idempotent.
   *
   * @throws MongoDB's error when not all of them are kept; SecretError `no_key`
   */
  async add(events: readonly NewScheduledEvent[]): Promise<void> {
    if (events.length === 0) return;
    const documents = events.map(({ body, isSealed = false, ...event }): ScheduledDocument => {
      const _id = toId(event.workspaceId, event.eventId);
      const bytes = isSealed
        ? { sealed: this.#store.secrets.sealBytes(body, toPlace(_id)) }
        : { body: new mongo.Binary(body) };
      return { _id, ...event, pending: true, ...bytes };
    });
    try {
      await this.#collection().insertMany(documents, { ordered: false });
    } catch (error) {
      duplicateIndexes(error);
    }
  }

  /** The database's clock, which alone decides what is due. */
  async now(): Promise<Date> {
    const { localTime } = await this.#store.db.getClient().db().admin().command({ hello: 1 });
    return localTime as Date;
  }

  /**
   * What is due, workspace by workspace, so that one with very much of it does not keep the others waiting; each by its
   * time.
   *
   * @param perWorkspaceMax so many of a workspace at most
   * @param onUnreadable called for an event whose bytes cannot be opened: it is left out and stays due
   */
  async *due(
    now: Date,
    perWorkspaceMax: number,
    onUnreadable: (event: WaitingEvent, error: SecretError) => void = () => undefined,
  ): AsyncGenerator<ScheduledEvent> {
    if (!(await this.oldestDue(now))) return;
    for (let after = ""; ;) {
      const workspaceId = await this.#nextDueWorkspace(after, now);
      if (workspaceId === undefined) return;
      after = workspaceId;
      const found = this.#collection()
        .find({ ...isPending, workspaceId, deliverAt: { $lte: now } })
        .sort({ deliverAt: 1, "position.offset": 1 })
        .limit(perWorkspaceMax)
        .batchSize(READ_AT_ONCE);
      for await (const { _id, pending: _, releasingAt: __, body, sealed, ...event } of found) {
        const bytes = sealed ? this.#open(_id, sealed) : body?.value();
        if (bytes instanceof SecretError) onUnreadable(event, bytes);
        else if (bytes) yield { ...event, body: bytes };
      }
    }
  }

  /**
   * Claims events for their release: from then on they are not cancelled any more. Idempotent; who dies after it leaves
   * them claimed and due, for any process to release.
   *
   * @returns those that may be released, in the order given: without what was cancelled, or released, meanwhile
   */
  async claim<Event extends Pick<ScheduledEvent, "workspaceId" | "eventId">>(
    events: readonly Event[],
  ): Promise<readonly Event[]> {
    if (events.length === 0) return [];
    const ids = events.map(({ workspaceId, eventId }) => toId(workspaceId, eventId));
    const { matchedCount } = await this.#collection().updateMany({ _id: { $in: ids }, ...isPending }, [
      { $set: { releasingAt: { $ifNull: ["$releasingAt", "$$NOW"] } } },
    ]);
    if (matchedCount === events.length) return events;
    const kept = await this.#collection()
      .find({ _id: { $in: ids }, ...isPending }, { projection: { _id: 1 } })
      .toArray();
    const claimed = new Set(kept.map(({ _id }) => _id));
    return events.filter((_, index) => claimed.has(ids[index] ?? ""));
  }

  /**
   * Cancels an event that waits, here and in the event log alike: both or neither. Idempotent.
   *
   * @throws the database's error when it was not done within 10 s
   */
  async cancel(workspaceId: WorkspaceId, eventId: EventId): Promise<Cancelled> {
    const _id = toId(workspaceId, eventId);
    return runTransaction(this.#store, async (session) => {
      const cancelled = await this.#collection().findOneAndUpdate(
        { _id, ...isPending, releasingAt: { $exists: false } },
        [{ $set: { cancelledAt: "$$NOW" } }, { $unset: ["pending", "body", "sealed"] }],
        { session, returnDocument: "after", projection: { body: 0 } },
      );
      if (!cancelled) {
        const found = await this.#collection().findOne({ _id }, { session, projection: { cancelledAt: 1 } });
        if (!found) return "not_found";
        return found.cancelledAt ? "cancelled" : "released";
      }
      await this.#store.db
        .collection<EventDocument>(EVENTS)
        .updateOne(
          { _id: toEventDocumentId(workspaceId, asRecordId(eventId)) },
          { $set: { status: "cancelled" } },
          { session },
        );
      const { type, source, acceptedAt, deliverAt, cancelledAt } = cancelled;
      const before = { _id, type, source, acceptedAt, deliverAt };
      const object = { kind: "scheduled_event", id: eventId } as const;
      const at = cancelledAt ?? deliverAt;
      await recordChange(this.#store, { owner: workspaceId, object, before, at }, session);
      return "cancelled";
    });
  }

  /** What waits in a workspace, soonest first and then in the order of acceptance, from behind `after`. */
  async list(
    workspaceId: WorkspaceId,
    page: { readonly limit: number; readonly after?: WaitingPlace | undefined },
  ): Promise<readonly WaitingEvent[]> {
    const { after } = page;
    return this.#collection()
      .find({
        ...isPending,
        workspaceId,
        ...(after && {
          // Bounds for the index, and what of the cursor's own time is left.
          deliverAt: { $gte: after.deliverAt },
          $or: [
            { deliverAt: { $gt: after.deliverAt } },
            { deliverAt: after.deliverAt, "position.offset": { $gt: after.offset } },
          ],
        }),
      })
      .sort({ deliverAt: 1, "position.offset": 1 })
      .hint("due_by_workspace")
      .limit(page.limit)
      .maxTimeMS(QUERY_LIMIT_MS)
      .project<WaitingEvent>({ _id: 0, body: 0, sealed: 0, pending: 0, releasingAt: 0 })
      .toArray();
  }

  /** When the oldest of what is due was. */
  async oldestDue(now: Date): Promise<Date | undefined> {
    const oldest = await this.#collection().findOne(
      { ...isPending, deliverAt: { $lte: now } },
      { sort: { deliverAt: 1 }, projection: { deliverAt: 1 } },
    );
    return oldest?.deliverAt;
  }

  /** Notes that the broker has the releases. Idempotent; the documents are deleted 8 days later. */
  async markReleased(events: readonly Pick<ScheduledEvent, "workspaceId" | "eventId">[]): Promise<void> {
    if (events.length === 0) return;
    const ids = events.map(({ workspaceId, eventId }) => toId(workspaceId, eventId));
    await this.#collection().updateMany({ _id: { $in: ids }, ...isPending }, [
      { $set: { releasedAt: "$$NOW" } },
      { $unset: ["pending", "body", "sealed"] },
    ]);
  }

  /** How many wait, due or not. */
  async countWaiting(): Promise<number> {
    return this.#collection().countDocuments(isPending, { hint: "due" });
  }

  /** Seeks from one workspace to the next in the index: what is not due is not looked at. */
  async #nextDueWorkspace(after: string, now: Date): Promise<WorkspaceId | undefined> {
    const found = await this.#collection().findOne(
      { ...isPending, workspaceId: { $gt: after as WorkspaceId }, deliverAt: { $lte: now } },
      { sort: { workspaceId: 1 }, projection: { workspaceId: 1 }, hint: "due_by_workspace" },
    );
    return found?.workspaceId;
  }

  /** One that cannot be opened must not hold up the others. */
  #open(id: string, sealed: SealedBytes): Uint8Array | SecretError {
    try {
      return this.#store.secrets.openBytes(sealed, toPlace(id));
    } catch (error) {
      if (error instanceof SecretError) return error;
      throw error;
    }
  }

  #collection() {
    return this.#store.db.collection<ScheduledDocument>(SCHEDULED);
  }
}

const toPlace = (documentId: string): SealedPlace => ({ collection: SCHEDULED, documentId });

const toId = (workspaceId: WorkspaceId, eventId: EventId): string => `${workspaceId}:${eventId}`;
