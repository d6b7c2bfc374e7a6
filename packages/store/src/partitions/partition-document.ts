import { mongo } from "mongoose";
import { z } from "zod";

export const PARTITIONS = "partitions";

/** By events partition: [epoch of it, offset, ordinal]. */
export type StoredSourceMarks = Readonly<
  Record<string, readonly [epoch: number, offset: number, ordinal: number]>
>;

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
}

/** A lease that was given. Names the only state a write of this owner may find. */
export interface PartitionLease {
  readonly partition: number;
  readonly epoch: number;
  /** Raised by every accepted write of the epoch. */
  readonly ver: number;
}

/** A partition as stored: its lease and the checkpoint of its lanes, one document, so they change as one. */
export interface PartitionDocument extends PartitionContent {
  readonly _id: string;
  /** Of `deliveries.v1`. */
  readonly partition: number;
  /** Raised by every claim. */
  readonly epoch: number;
  readonly ver: number;
  /** The process that claimed it last, by its id of this start. */
  readonly owner: string | null;
  /** Given back in order: may be claimed at once. */
  readonly released: boolean;
  /** The database's clock. */
  readonly renewedAt: Date;
}

export const toPartitionId = (partition: number): string => `deliveries.v1/${partition}`;

const count = z.number().int().nonnegative();

export const partitionParser: z.ZodType<PartitionDocument> = z.object({
  _id: z.string(),
  partition: count,
  clusterId: z.string().nullable(),
  logEpoch: count,
  epoch: count,
  ver: count,
  owner: z.string().nullable(),
  released: z.boolean(),
  renewedAt: z.date(),
  committed: count,
  done: z.instanceof(mongo.Binary).transform((bits) => new Uint8Array(bits.value())),
  sources: z.record(z.string(), z.tuple([count, count, count])),
});
