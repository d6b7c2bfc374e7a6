import type { EndpointId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import { duplicateIndexes } from "../delivery-log/write-errors.js";
import { sealedByKeyIndex } from "../secrets/sealed-bytes.js";
import type { Store } from "../store.js";
import {
  type BacklogIdRange,
  type BacklogLane,
  type BacklogPosition,
  toBacklogIdRange,
} from "./backlog-id.js";
import {
  type BacklogDocument,
  type BacklogRecord,
  type ParkedRecord,
  toBacklogDocument,
  toBacklogRecord,
} from "./backlog-record.js";

const BACKLOG = "backlog";

/** What a record is taken for as long as none of its lane was read: the largest event there is. */
const LARGE_RECORD_BYTES = 256 * 1024;

export const backlogIndexes: CollectionIndexes = {
  collection: BACKLOG,
  indexes: [
    {
      // Finds a partition's endpoints by skipping from one to the next, and holds all that statistics need.
      name: "lanes_of_partition",
      key: { partition: 1, endpointId: 1, parkedAt: 1, bytes: 1 },
    },
    sealedByKeyIndex,
  ],
};

/** Part of a lane's backlog. */
export interface BacklogPage {
  /** In order. */
  readonly records: readonly BacklogRecord[];
  /** Nothing of what was asked for follows the records. */
  readonly isComplete: boolean;
}

/** How much to read at most. */
export interface BacklogLimits {
  /** From 1. */
  readonly recordsMax: number;
  /** Of metas and bodies together. One record is read however large it is. */
  readonly bytesMax: number;
}

/** What one endpoint has parked. */
export interface BacklogStatistics {
  readonly endpointId: EndpointId;
  readonly partition: number;
  readonly documents: number;
  /** Of metas and bodies. */
  readonly bytes: number;
  /** The database's clock, whole seconds. */
  readonly oldestParkedAt: Date;
  /** How long that is ago, by the same clock. */
  readonly oldestAgeSeconds: number;
}

/**
 * Events of the lanes that left the live path (lanes.md §3, §5): written before their offsets count as resolved, kept
 * until a checkpoint beyond them was acknowledged. Nothing expires by itself.
 */
export class BacklogRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Parks records, of any lanes, by one unordered write. Idempotent: those that are there stay as they are. When it
   * resolves, all of them are on the majority and journalled.
   *
   * @param records about 500 or 1 MiB at most
   * @param epoch of the owner's lease: an older owner's write that arrives late takes no newer record's place
   * @throws MongoDB's error when the database did not take all of them; which of them it took is not known
   */
  async park(records: readonly ParkedRecord[], epoch: number): Promise<void> {
    if (records.length === 0) return;
    const documents = records.map((record) => toBacklogDocument(record, epoch, this.#store.secrets));
    try {
      await this.#collection().insertMany(documents, { ordered: false });
    } catch (error) {
      // Throws unless they were all there.
      const repeated = duplicateIndexes(error);
      await this.#replaceOthers(documents.filter((_, index) => repeated.has(index)));
    }
  }

  /**
   * What is there in a record's place is the same record, nearly always: of a call whose answer was lost, or a former
   * owner's. When a log lost its end it can be one of those that were lost, and this one stands in the log now.
   */
  async #replaceOthers(documents: readonly BacklogDocument[]): Promise<void> {
    const replacements = documents.map(({ _id, ...replacement }) => ({
      replaceOne: {
        filter: { _id, epoch: { $lt: replacement.epoch }, meta: { $ne: replacement.meta } },
        replacement,
      },
    }));
    await this.#collection().bulkWrite(replacements, { ordered: false });
  }

  /**
   * The oldest records of a lane within (after, upTo].
   *
   * Asks for a few records first and for the rest by their size, so that little more is loaded than is returned: most
   * pages are two queries.
   *
   * @param range without `upTo`: to the lane's end
   */
  async read(
    lane: BacklogLane,
    range: { readonly after: BacklogPosition; readonly upTo?: BacklogPosition },
    limits: BacklogLimits,
  ): Promise<BacklogPage> {
    const { from, to } = toBacklogIdRange(lane, range);
    const records: BacklogRecord[] = [];
    let bytes = 0;
    let rest: mongo.Filter<BacklogDocument> = { _id: { $gte: from, $lt: to } };
    for (;;) {
      const asked = countToAsk(records.length, bytes, limits);
      const cursor = this.#collection().find(rest, { sort: { _id: 1 }, limit: asked, batchSize: asked + 1 });
      let found = 0;
      // Leaving the loop closes the cursor: what it has not sent stays there.
      for await (const document of cursor) {
        const isOver = records.length > 0 && bytes + document.bytes > limits.bytesMax;
        if (records.length === limits.recordsMax || isOver) return { records, isComplete: false };
        records.push(toBacklogRecord(document, this.#store.secrets));
        bytes += document.bytes;
        rest = { _id: { $gt: document._id, $lt: to } };
        found++;
      }
      if (found < asked) return { records, isComplete: true };
    }
  }

  /**
   * Deletes what a lane has up to and including a position: its cursor in an acknowledged checkpoint, never more
   * (lanes.md §6, rule 4). Idempotent.
   *
   * @returns how many were there
   */
  async deleteUpTo(lane: BacklogLane, upTo: BacklogPosition): Promise<number> {
    const { deletedCount } = await this.#collection().deleteMany(within(toBacklogIdRange(lane, { upTo })));
    return deletedCount;
  }

  /**
   * Deletes what lanes that are live again left behind, as their owner ended before it could: everything of the
   * partition before `resolved`, of older log epochs too, but of the lanes given. Idempotent.
   *
   * @param resolved of an acknowledged checkpoint: its log epoch and `committed`, which itself is not resolved
   * @param exceptEndpoints the non-live lanes in that checkpoint
   * @returns how many were there
   */
  async deleteResolved(
    partition: number,
    resolved: { readonly logEpoch: number; readonly committed: number },
    exceptEndpoints: Iterable<EndpointId>,
  ): Promise<number> {
    const upTo = { logEpoch: resolved.logEpoch, offset: resolved.committed - 1 };
    const kept = new Set(exceptEndpoints);
    let deleted = 0;
    for (const endpointId of await this.#endpointsOf(partition)) {
      if (!kept.has(endpointId)) deleted += await this.deleteUpTo({ endpointId, partition }, upTo);
    }
    return deleted;
  }

  /**
   * What is parked, by endpoint; endpoints with nothing are absent. Reads one index entry a document.
   *
   * @param partitions all when absent
   */
  async statistics(partitions?: readonly number[]): Promise<readonly BacklogStatistics[]> {
    return this.#collection()
      .aggregate<BacklogStatistics>([
        // Without a bound on its first field the index would not be used at all.
        { $match: { partition: partitions === undefined ? { $gte: 0 } : { $in: [...partitions] } } },
        {
          $group: {
            _id: { partition: "$partition", endpointId: "$endpointId" },
            documents: { $sum: 1 },
            bytes: { $sum: "$bytes" },
            oldestParkedAt: { $min: "$parkedAt" },
          },
        },
        {
          $project: {
            _id: 0,
            endpointId: "$_id.endpointId",
            partition: "$_id.partition",
            documents: 1,
            bytes: 1,
            oldestParkedAt: { $toDate: "$oldestParkedAt" },
            oldestAgeSeconds: {
              $dateDiff: { startDate: { $toDate: "$oldestParkedAt" }, endDate: "$$NOW", unit: "second" },
            },
          },
        },
      ])
      .toArray();
  }

  async #endpointsOf(partition: number): Promise<readonly EndpointId[]> {
    const groups = await this.#collection()
      .aggregate<{ _id: EndpointId }>([
        { $match: { partition } },
        { $sort: { partition: 1, endpointId: 1 } },
        // With the sort, the plan is to skip from endpoint to endpoint in the index.
        { $group: { _id: "$endpointId", partition: { $first: "$partition" } } },
      ])
      .toArray();
    return groups.map(({ _id }) => _id);
  }

  #collection() {
    return this.#store.db.collection<BacklogDocument>(BACKLOG);
  }
}

const within = ({ from, to }: BacklogIdRange) => ({ _id: { $gte: from, $lt: to } });

/** How many records to ask for: what there is room for, by the mean of those read, and one that tells if more follow. */
function countToAsk(records: number, bytes: number, { recordsMax, bytesMax }: BacklogLimits): number {
  const meanBytes = records > 0 ? Math.max(1, bytes / records) : LARGE_RECORD_BYTES;
  const fitting = Math.max(0, Math.floor((bytesMax - bytes) / meanBytes));
  return Math.min(recordsMax - records, fitting) + 1;
}
