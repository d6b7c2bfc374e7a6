import { mongo } from "mongoose";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import {
  PARTITION_DOCUMENT_VERSION,
  type PartitionContent,
  type PartitionDocument,
  type PartitionLease,
  partitionParser,
  PARTITIONS,
  toPartitionId,
} from "./partition-document.js";

/**
 * A lease not renewed for so long may be claimed by another, milliseconds of the database's clock. Owners stop sooner,
 * 15 s by their own (lanes.md §4): the difference is what clocks and a pause at the wrong moment may cost.
 */
export const CLAIM_AFTER_MS = 17_000;

/** A partition as a claim loop sees it. */
export interface PartitionStanding {
  readonly partition: number;
  /** To be named in the claim. */
  readonly epoch: number;
  /** Released, expired, or the asker's by the database's word; never when it is too new. */
  readonly isClaimable: boolean;
  /** Written by a newer version, so its owner has to be of that version. To be logged once and left alone. */
  readonly isTooNew: boolean;
}

/** More claims than there are between a dump and its restoring: one a second for a fortnight. */
const RESTORED_EPOCHS = 1_000_000;

/** Which write a partition saw last. */
export interface PartitionState {
  readonly epoch: number;
  readonly ver: number;
  readonly released: boolean;
}

/** What became of a write: `fenced` means that somebody else owns the partition now. */
export type CheckpointOutcome =
  | { readonly kind: "stored"; readonly ver: number }
  | { readonly kind: "fenced" }
  /** A write of ours whose answer was lost came through: nothing was stored now, the next names this `ver`. */
  | { readonly kind: "other_version"; readonly ver: number; readonly released: boolean };

type Raw = Omit<PartitionDocument, "done"> & {
  readonly done: mongo.Binary;
  /** The database's clock. Beside the checkpoint, which every owner writes as a whole. */
  readonly logLostAt?: Date;
};

/** Ownership of partitions by a lease with an epoch, and the checkpoint in the same document (lanes.md §3, §4). */
export class PartitionRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Makes the documents of partitions `0..count-1` that are missing. Safe for several processes at once. */
  async ensure(count: number): Promise<void> {
    const existing = await this.#collection().countDocuments({ partition: { $lt: count } });
    if (existing === count) return;
    try {
      await this.#collection().insertMany(
        Array.from({ length: count }, (_, partition) => fresh(partition)),
        { ordered: false },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** How many partitions have a document. */
  async count(): Promise<number> {
    return this.#collection().countDocuments();
  }

  /** Every partition, by the database's clock; one query (lanes.md §4). */
  async list(owner: string): Promise<readonly PartitionStanding[]> {
    return this.#collection()
      .aggregate<PartitionStanding>([
        {
          $project: {
            _id: 0,
            partition: 1,
            epoch: 1,
            isClaimable: { $and: [{ $not: isTooNew }, { $or: claimable(owner) }] },
            isTooNew,
          },
        },
        { $sort: { partition: 1 } },
      ])
      .toArray();
  }

  /**
   * Takes a partition. Naming the epoch that was read keeps a claim that timed out and arrives late from fencing its
   * own lease.
   *
   * @returns the document, which is the state to go on from; its `renewedAt` is the database's now. Undefined when
   *   somebody was quicker, or the document is of a newer version
   */
  async claim(partition: number, epoch: number, owner: string): Promise<PartitionDocument | undefined> {
    const found = await this.#collection().findOneAndUpdate(
      {
        _id: toPartitionId(partition),
        epoch,
        $expr: { $and: [{ $not: isTooNew }, { $or: claimable(owner) }] },
      },
      [
        {
          $set: {
            epoch: epoch + 1,
            ver: 0,
            owner: { $literal: owner },
            released: false,
            renewedAt: "$$NOW",
            former,
          },
        },
      ],
      { returnDocument: "after" },
    );
    return found ? partitionParser.parse(found) : undefined;
  }

  /**
   * Stores a checkpoint and so renews the lease, or gives it back with `release`; by compare-and-set on epoch and
   * version, so that a former owner changes nothing.
   *
   * @throws when the database does not answer: whether it was stored is not known then; {@link readState} before
   *   the next
   */
  async save(
    lease: PartitionLease,
    content: PartitionContent,
    { release }: { readonly release: boolean },
  ): Promise<CheckpointOutcome> {
    const { partition, epoch, ver } = lease;
    const { clusterId, logEpoch, committed, done, sources, lanes, seen } = content;
    const { matchedCount } = await this.#collection().updateOne(
      { _id: toPartitionId(partition), epoch, ver },
      [
        {
          $set: {
            v: PARTITION_DOCUMENT_VERSION,
            ver: ver + 1,
            released: release,
            renewedAt: "$$NOW",
            clusterId: { $literal: clusterId },
            logEpoch,
            committed,
            done: { $literal: new mongo.Binary(done) },
            // A literal replaces what is there; a plain object would be merged into it.
            sources: { $literal: sources },
            lanes: { $literal: lanes },
            seen: { $literal: seen },
          },
        },
      ],
    );
    if (matchedCount === 1) return { kind: "stored", ver: ver + 1 };
    const found = await this.readState(partition);
    if (found?.epoch !== epoch) return { kind: "fenced" };
    return { kind: "other_version", ver: found.ver, released: found.released };
  }

  /** What tells whether a write whose answer was lost came through; without the checkpoint, so cheap and of any version. */
  async readState(partition: number): Promise<PartitionState | undefined> {
    const state = await this.#collection().findOne<PartitionState>(
      { _id: toPartitionId(partition) },
      { projection: { _id: 0, epoch: 1, ver: 1, released: 1 } },
    );
    return state ?? undefined;
  }

  /**
   * Notes that the log was cut or replaced, or lost what was not read: what was accepted before and has no end yet may never
   * get one. Changes nothing of the checkpoint.
   */
  async noteLogLost(partition: number): Promise<void> {
    await this.#collection().updateOne({ _id: toPartitionId(partition) }, [{ $set: { logLostAt: "$$NOW" } }]);
  }

  /**
   * Has every partition go on from a checkpoint that was restored: free at once, and under epochs no former owner had, so
   * that whatever one may still write is fenced.
   */
  async releaseRestored(): Promise<number> {
    const { matchedCount } = await this.#collection().updateMany({}, [
      { $set: { epoch: { $add: ["$epoch", RESTORED_EPOCHS] }, ver: 0, released: true } },
    ]);
    return matchedCount;
  }

  /** When the logs of partitions last lost something (see {@link noteLogLost}); those that never did are left out. */
  async listLogLosses(partitions: readonly number[]): Promise<ReadonlyMap<number, Date>> {
    const found = await this.#collection()
      .find({ _id: { $in: partitions.map(toPartitionId) }, logLostAt: { $exists: true } })
      .project<{ partition: number; logLostAt: Date }>({ partition: 1, logLostAt: 1 })
      .toArray();
    return new Map(found.map(({ partition, logLostAt }) => [partition, logLostAt]));
  }

  /** @throws ZodError when the document does not fit, as one of a newer version */
  async find(partition: number): Promise<PartitionDocument | undefined> {
    const found = await this.#collection().findOne({ _id: toPartitionId(partition) });
    return found ? partitionParser.parse(found) : undefined;
  }

  #collection() {
    return this.#store.db.collection<Raw>(PARTITIONS);
  }
}

/** A missing version counts as none, which is below every number. */
const isTooNew: mongo.Document = { $gt: ["$v", PARTITION_DOCUMENT_VERSION] };

/** Who claimed it and has written nothing since, perhaps because the answer was lost, has not worked on it. */
const former: mongo.Document = {
  $cond: [
    { $eq: ["$ver", 0] },
    { $ifNull: ["$former", null] },
    { owner: "$owner", released: "$released", renewedAt: "$renewedAt" },
  ],
};

const claimable = (owner: string): mongo.Document[] => [
  { $eq: ["$released", true] },
  { $eq: ["$owner", { $literal: owner }] },
  { $lt: [{ $add: ["$renewedAt", CLAIM_AFTER_MS] }, "$$NOW"] },
];

function fresh(partition: number): Raw {
  return {
    _id: toPartitionId(partition),
    v: PARTITION_DOCUMENT_VERSION,
    partition,
    clusterId: null,
    logEpoch: 0,
    epoch: 0,
    ver: 0,
    owner: null,
    released: true,
    renewedAt: new Date(0),
    former: null,
    committed: 0,
    done: new mongo.Binary(),
    sources: {},
    lanes: {},
    seen: null,
  };
}
