import type { Store } from "../store.js";
import type { Session } from "../transaction.js";

const COLLECTION = "partitionLoads";

interface PartitionLoadDocument {
  /** `<topic>/<partition>`, the topic without its prefix: `deliveries.v1/3`. */
  readonly _id: string;
  /** Owners (workspaces or endpoints) placed there. */
  readonly load: number;
}

/** Topics with explicit partitions, chosen once for each owner (architecture.md §2). */
export type PlacedTopic = "events.v1" | "deliveries.v1";

/** Chooses explicit partitions: the least loaded at the time of asking, then never moved. */
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
   * Takes the least loaded partition and counts one owner more there.
   *
   * @throws when no partition of the topic is known: `ensure` comes first
   */
  async take(topic: PlacedTopic, session?: Session): Promise<number> {
    const taken = await this.#collection().findOneAndUpdate(
      { _id: { $gte: `${topic}/`, $lt: `${topic}0` } },
      { $inc: { load: 1 } },
      { sort: { load: 1, _id: 1 }, returnDocument: "after", ...(session && { session }) },
    );
    if (taken === null) throw new Error(`No partition of ${topic} is known`);
    return Number(taken._id.slice(topic.length + 1));
  }

  #collection() {
    return this.#store.db.collection<PartitionLoadDocument>(COLLECTION);
  }
}
