import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";

const MEMBERS = "members";

/** A dispatcher that has not beaten for so long is gone, milliseconds of the database's clock (lanes.md §3). */
const MEMBER_GONE_MS = 15_000;

export const memberIndexes: CollectionIndexes = {
  collection: MEMBERS,
  // Long after it stopped counting: only so that ids of the dead do not pile up.
  indexes: [{ name: "gone", key: { beatAt: 1 }, expireAfterSeconds: 3_600 }],
};

/** The dispatchers that are alive, so that each knows its fair share of partitions. */
export class MemberRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async beat(id: string): Promise<void> {
    await this.#collection().updateOne({ _id: id }, [{ $set: { beatAt: "$$NOW" } }], { upsert: true });
  }

  /** Leaves at once instead of after 15 s. */
  async leave(id: string): Promise<void> {
    await this.#collection().deleteOne({ _id: id });
  }

  async countAlive(): Promise<number> {
    return this.#collection().countDocuments({
      $expr: { $gt: [{ $add: ["$beatAt", MEMBER_GONE_MS] }, "$$NOW"] },
    });
  }

  #collection() {
    return this.#store.db.collection<{ _id: string; beatAt: Date }>(MEMBERS);
  }
}
