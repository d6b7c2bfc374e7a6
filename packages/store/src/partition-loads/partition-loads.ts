import type { Store } from "../store.js";

const COLLECTION = "partitionLoads";

interface PartitionLoadDocument {
  /** `<topic>/<partition>`, the topic without its prefix: `deliveries.v1/3`. */
  readonly _id: string;
  /** Owners (workspaces or endpoints) placed there, also some that were never stored. */
  readonly load: number;
}

/** Topics with explicit partitions, chosen once for each owner (architecture.md §2). */
export type PlacedTopic = "events.v1" | "deliveries.v1";

/** How much a partition carries. */
export interface PartitionLoad {
  readonly partition: number;
  /** Workspaces of `events.v1`, endpoints of `deliveries.v1`. */
  readonly load: number;
}

/** Chooses explicit partitions: the least loaded at the time of asking, then never moved (docs/adr/0031). */
export class PartitionLoads {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Makes the partitions 0 to `count` - 1 of a topic known. Those already known keep their load. */
  async ensure(topic: PlacedTopic, count: number): Promise<void> {
    const writes = Array.from({ length: count }, (_, partition) => ({
      updateOne: {
        filter: { _id: `${topic}/${partition}` },
        update: { $setOnInsert: { load: 0 } },
        upsert: true,
      },
    }));
    await this.#collection().bulkWrite(writes, { ordered: false });
  }

  /**
   * Takes the least loaded partition and counts one owner more there. At once and for good, also in a transaction: as a
   * part of it, every owner would wait for the one before to be stored. One who then is not stored has been counted; the
   * next ones are placed elsewhere, which is all that comes of it.
   *
   * @throws when no partition of the topic is known: `ensure` comes first
   */
  async take(topic: PlacedTopic): Promise<number> {
    const taken = await this.#collection().findOneAndUpdate(
      ofTopic(topic),
      { $inc: { load: 1 } },
      { sort: { load: 1, _id: 1 }, returnDocument: "after" },
    );
    if (taken === null) throw new Error(`No partition of ${topic} is known`);
    return toPartition(topic, taken._id);
  }

  /** Owners by partition, ascending; the partitions anything new may be placed on. */
  async read(topic: PlacedTopic): Promise<readonly PartitionLoad[]> {
    const found = await this.#collection().find(ofTopic(topic)).toArray();
    return found
      .map(({ _id, load }) => ({ partition: toPartition(topic, _id), load }))
      .sort((a, b) => a.partition - b.partition);
  }

  /** How many partitions of each topic are known; 0 before the first `ensure`. */
  async countPlaces(): Promise<{ readonly events: number; readonly deliveries: number }> {
    const [events, deliveries] = await Promise.all([
      this.#collection().countDocuments(ofTopic("events.v1")),
      this.#collection().countDocuments(ofTopic("deliveries.v1")),
    ]);
    return { events, deliveries };
  }

  #collection() {
    return this.#store.db.collection<PartitionLoadDocument>(COLLECTION);
  }
}

const ofTopic = (topic: PlacedTopic) => ({ _id: { $gte: `${topic}/`, $lt: `${topic}0` } });

const toPartition = (topic: PlacedTopic, id: string): number => Number(id.slice(topic.length + 1));
