import type { EndpointId } from "@hooklane/core";
import { mongo } from "mongoose";
import { type BacklogLane, type BacklogPosition, toBacklogId } from "./backlog-id.js";

/** A record of `deliveries.v1` that left the live path with its lane (lanes.md §1). */
export interface BacklogRecord extends BacklogLane, BacklogPosition {
  /** The record's `meta` header. */
  readonly meta: string;
  /** The record's value, byte for byte. */
  readonly body: Uint8Array;
}

/** As stored. `_id` alone orders a lane; the other fields of the position serve what is asked by partition. */
export interface BacklogDocument {
  readonly _id: string;
  readonly endpointId: EndpointId;
  readonly partition: number;
  readonly logEpoch: number;
  readonly offset: number;
  readonly meta: string;
  readonly body: mongo.Binary;
  /** Of meta and body. */
  readonly bytes: number;
  /** The database's clock, whole seconds. */
  readonly parkedAt: mongo.Timestamp;
  /** Of the lease of the owner that parked it. */
  readonly epoch: number;
}

export function toBacklogDocument(record: BacklogRecord, epoch: number): BacklogDocument {
  const { endpointId, partition, logEpoch, offset, meta, body } = record;
  return {
    _id: toBacklogId(record, record),
    endpointId,
    partition,
    logEpoch,
    offset,
    meta,
    body: new mongo.Binary(body),
    bytes: Buffer.byteLength(meta) + body.byteLength,
    // The database puts its time in place of an empty one as it inserts; an insert has no `$$NOW`.
    parkedAt: new mongo.Timestamp({ t: 0, i: 0 }),
    epoch,
  };
}

export function toBacklogRecord(document: BacklogDocument): BacklogRecord {
  const { endpointId, partition, logEpoch, offset, meta, body } = document;
  // A copy: the driver's value is a view that keeps the whole answer alive.
  return { endpointId, partition, logEpoch, offset, meta, body: new Uint8Array(body.value()) };
}
