import type { EventId, EventSource, WorkspaceId } from "@hooklane/core";
import { mongo } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import { duplicateIndexes } from "../delivery-log/write-errors.js";
import type { EventPosition } from "../event-log/logged-event.js";
import type { Store } from "../store.js";

export const SCHEDULED = "scheduled";

/** An event that waits for its time (product.md O3). */
export interface ScheduledEvent {
  readonly workspaceId: WorkspaceId;
  readonly eventId: EventId;
  /** Where it stood in `events.v1`: its release goes to the same partition, and among equal times in this order. */
  readonly position: EventPosition;
  readonly type: string;
  readonly source: EventSource;
  readonly schemaWarning?: string;
  readonly acceptedAt: Date;
  readonly deliverAt: Date;
  /** The event's exact JSON bytes. */
  readonly body: Uint8Array;
}

/** `_id` is `<workspace>:<eventId>`. */
interface ScheduledDocument extends Omit<ScheduledEvent, "body"> {
  readonly _id: string;
  /** Until it is released; so that the indexes of what waits hold nothing else. */
  readonly pending?: true;
  readonly body?: mongo.Binary;
  readonly releasedAt?: Date;
}

/** Longer than `events.v1` keeps a record: a router that reads one again finds what was made of it. */
const KEPT_RELEASED_SECONDS = 8 * 24 * 3600;

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
    { name: "released_ttl", key: { releasedAt: 1 }, expireAfterSeconds: KEPT_RELEASED_SECONDS },
  ],
};

/** A body has up to 256 KiB: so many are in memory at once. */
const READ_AT_ONCE = 25;

/** Events that wait for their time. Written by the routers, before they commit; released by the health-monitors. */
export class ScheduledEvents {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Keeps events, or finds them kept already. Idempotent. @throws MongoDB's error when not all of them are kept */
  async add(events: readonly ScheduledEvent[]): Promise<void> {
    if (events.length === 0) return;
    const documents = events.map(({ body, ...event }): ScheduledDocument => ({
      _id: toId(event.workspaceId, event.eventId),
      ...event,
      pending: true,
      body: new mongo.Binary(body),
    }));
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
   */
  async *due(now: Date, perWorkspaceMax: number): AsyncGenerator<ScheduledEvent> {
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
      for await (const { _id, pending: _, body, ...event } of found) {
        if (body) yield { ...event, body: body.value() };
      }
    }
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
      { $unset: ["pending", "body"] },
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

  #collection() {
    return this.#store.db.collection<ScheduledDocument>(SCHEDULED);
  }
}

const toId = (workspaceId: WorkspaceId, eventId: EventId): string => `${workspaceId}:${eventId}`;
