import type { Store } from "../store.js";

const COLLECTION = "eventPartitions";

/** The record of a log that was routed last, as far as it was noted: its offset, and what tells it from any other there. */
export type RoutedRecord = readonly [offset: number, identity: string];

/** What routers know of the log of one partition of `events.v1` (lanes.md §4). */
export interface EventPartition {
  /** Of the Kafka cluster the log is on. */
  readonly clusterId: string;
  /** Raised when the log was cut or replaced: part of the position of everything in it. */
  readonly epoch: number;
  /** Null: nothing of this log was routed, as far as is known. */
  readonly seen: RoutedRecord | null;
}

interface EventPartitionDocument extends EventPartition {
  /** `events.v1/<partition>`. */
  readonly _id: string;
}

/** Which log each partition of `events.v1` is, so that routers tell when it is another one. */
export class EventPartitions {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** What is known; a partition nobody has routed yet begins with epoch 0 on this cluster. */
  async open(partition: number, clusterId: string): Promise<EventPartition> {
    const found = await this.#collection().findOneAndUpdate(
      { _id: toId(partition) },
      { $setOnInsert: { clusterId, epoch: 0, seen: null } },
      { upsert: true, returnDocument: "after" },
    );
    if (found === null) throw new Error(`events.v1/${partition} was not stored`);
    const { epoch, seen } = found;
    return { clusterId: found.clusterId, epoch, seen };
  }

  /**
   * The log is another one: what comes of it has positions of the next epoch. Safe to repeat, and for several at once.
   *
   * @param epoch of the former log
   */
  async replace(partition: number, epoch: number, clusterId: string): Promise<void> {
    await this.#collection().updateOne(
      { _id: toId(partition), epoch },
      { $set: { clusterId, epoch: epoch + 1, seen: null } },
    );
  }

  /** Notes how far a log was routed; never back, and nothing of another log. */
  async noteRouted(partition: number, epoch: number, seen: RoutedRecord): Promise<void> {
    await this.#collection().updateOne(
      { _id: toId(partition), epoch, $or: [{ seen: null }, { "seen.0": { $lt: seen[0] } }] },
      { $set: { seen } },
    );
  }

  #collection() {
    return this.#store.db.collection<EventPartitionDocument>(COLLECTION);
  }
}

const toId = (partition: number): string => `events.v1/${partition}`;
