import { mongo } from "mongoose";
import { z } from "zod";

export const PARTITIONS = "partitions";

/** By events partition: [epoch of it, offset, ordinal]. */
export type StoredSourceMarks = Readonly<
  Record<string, readonly [epoch: number, offset: number, ordinal: number]>
>;

/**
 * The shape of the documents this package reads and writes. A newer one belongs to a newer dispatcher and is left alone;
 * one without a version is of the time before lanes were stored.
 */
export const PARTITION_DOCUMENT_VERSION = 1;

/**
 * A lane off the live path (lanes.md §6). Its places are the owner's: whole numbers from -1 that grow over all log
 * epochs, offsets as long as the log was never replaced. Times are the database's clock.
 */
export interface StoredLane {
  /** Retrying, or draining (CATCH-UP too). */
  readonly state: "R" | "D";
  /** Everything up to here is settled. May be one below the first offset there is, so -1 is possible. */
  readonly cursor: number;
  /** End of the batch being retried. */
  readonly last: number;
  /** Attempts made of that batch. */
  readonly attempt: number;
  readonly firstAttemptAt: Date | null;
  readonly nextAt: Date | null;
}

/** By endpoint id: the lanes that are not live. */
export type StoredLanes = Readonly<Record<string, StoredLane>>;

/** What a dispatcher knows of a partition it works on: the part of the document it may change (lanes.md §3). */
export interface PartitionContent {
  /** Of the Kafka cluster the positions are of; null before the first owner. */
  readonly clusterId: string | null;
  /** Raised when the log was cut or replaced; positions are (logEpoch, offset). */
  readonly logEpoch: number;
  /** The lowest unresolved offset. */
  readonly committed: number;
  /** Bit i (least significant first in each byte): offset `committed + i` is resolved. */
  readonly done: Uint8Array;
  /** High-water marks of the fan-out, as of `committed`. */
  readonly sources: StoredSourceMarks;
  readonly lanes: StoredLanes;
  /** The highest record taken in and what identifies it, to recognise a log that was cut or replaced (lanes.md §4). */
  readonly seen: readonly [offset: number, identity: string] | null;
}

/** A lease that was given. Names the only state a write of this owner may find. */
export interface PartitionLease {
  readonly partition: number;
  readonly epoch: number;
  /** Raised by every accepted write of the epoch. */
  readonly ver: number;
}

/** How a partition was left by whoever had it before: what its next owner's handover is measured from. */
export interface FormerLease {
  readonly owner: string | null;
  /** Given back in order. */
  readonly released: boolean;
  /** Its last accepted write, by the database's clock. */
  readonly renewedAt: Date;
}

/** A partition as stored: its lease and the checkpoint of its lanes, one document, so they change as one. */
export interface PartitionDocument extends PartitionContent {
  readonly _id: string;
  readonly v: number;
  /** Of `deliveries.v1`. */
  readonly partition: number;
  /** Raised by every claim. */
  readonly epoch: number;
  readonly ver: number;
  /** The process that claimed it last, by its id of this start. */
  readonly owner: string | null;
  /** Given back in order: may be claimed at once. */
  readonly released: boolean;
  /**
   * The database's clock. In the answer to a claim it is the database's now: what translates the times of
   * {@link StoredLane} to the claimer's own monotonic clock.
   */
  readonly renewedAt: Date;
  /** Null: nobody has ever worked on it. For metrics (lanes.md §10); nothing is decided by it. */
  readonly former: FormerLease | null;
}

export const toPartitionId = (partition: number): string => `deliveries.v1/${partition}`;

const count = z.number().int().nonnegative();
const cursor = z.number().int().gte(-1);

const laneParser = z.object({
  state: z.enum(["R", "D"]),
  cursor,
  last: cursor,
  attempt: count,
  firstAttemptAt: z.date().nullable(),
  nextAt: z.date().nullable(),
});

export const partitionParser: z.ZodType<PartitionDocument> = z.object({
  _id: z.string(),
  v: count.max(PARTITION_DOCUMENT_VERSION).default(PARTITION_DOCUMENT_VERSION),
  partition: count,
  clusterId: z.string().nullable(),
  logEpoch: count,
  epoch: count,
  ver: count,
  owner: z.string().nullable(),
  released: z.boolean(),
  renewedAt: z.date(),
  // What only metrics are made of keeps nobody from claiming.
  former: z
    .object({ owner: z.string().nullable(), released: z.boolean(), renewedAt: z.date() })
    .nullable()
    .default(null)
    .catch(null),
  committed: count,
  done: z.instanceof(mongo.Binary).transform((bits) => new Uint8Array(bits.value())),
  sources: z.record(z.string(), z.tuple([count, count, count])),
  lanes: z.record(z.string(), laneParser).default({}),
  seen: z.tuple([count, z.string()]).nullable().default(null),
});

/** What a checkpoint takes in the database, bytes: what every renewal of the lease writes. */
export function contentBytes({
  clusterId,
  logEpoch,
  committed,
  done,
  sources,
  lanes,
  seen,
}: PartitionContent): number {
  return mongo.BSON.calculateObjectSize({ clusterId, logEpoch, committed, done, sources, lanes, seen });
}
