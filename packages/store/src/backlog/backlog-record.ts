import type { EndpointId } from "@hooklane/core";
import { mongo } from "mongoose";
import type { DocumentSecrets } from "../secrets/document-secrets.js";
import type { SealedBytes, SealedPlace } from "../secrets/sealed-bytes.js";
import { type BacklogLane, type BacklogPosition, toBacklogId } from "./backlog-id.js";

/** A record of `deliveries.v1` that left the live path with its lane (lanes.md §1). */
export interface BacklogRecord extends BacklogLane, BacklogPosition {
  /** The record's `meta` header. */
  readonly meta: string;
  /** The record's value, byte for byte. */
  readonly body: Uint8Array;
}

/** A record as it is parked. */
export interface ParkedRecord extends BacklogRecord {
  /** Its body is stored sealed: the workspace has fields that are not to be stored (product.md O1). */
  readonly isSealed?: boolean;
}

/** As stored. `_id` alone orders a lane; the other fields of the position serve what is asked by partition. */
export interface BacklogDocument {
  readonly _id: string;
  readonly endpointId: EndpointId;
  readonly partition: number;
  readonly logEpoch: number;
  readonly offset: number;
  readonly meta: string;
  /** Or `sealed`. */
  readonly body?: mongo.Binary;
  readonly sealed?: SealedBytes;
  /** Of meta and body, as it was before it was sealed. */
  readonly bytes: number;
  /** The database's clock, whole seconds. */
  readonly parkedAt: mongo.Timestamp;
  /** Of the lease of the owner that parked it. */
  readonly epoch: number;
}

/** @throws SecretError `no_key` when it is to be sealed and there is nothing to do it with */
export function toBacklogDocument(
  record: ParkedRecord,
  epoch: number,
  secrets: Pick<DocumentSecrets, "sealBytes">,
): BacklogDocument {
  const { endpointId, partition, logEpoch, offset, meta, body, isSealed = false } = record;
  const _id = toBacklogId(record, record);
  return {
    _id,
    endpointId,
    partition,
    logEpoch,
    offset,
    meta,
    ...(isSealed ? { sealed: secrets.sealBytes(body, toPlace(_id)) } : { body: new mongo.Binary(body) }),
    bytes: Buffer.byteLength(meta) + body.byteLength,
    // The database puts its time in place of an empty one as it inserts; an insert has no `$$NOW`.
    parkedAt: new mongo.Timestamp({ t: 0, i: 0 }),
    epoch,
  };
}

/** @throws SecretError `unknown_key`, `not_authentic` */
export function toBacklogRecord(
  document: BacklogDocument,
  secrets: Pick<DocumentSecrets, "openBytes">,
): BacklogRecord {
  const { _id, endpointId, partition, logEpoch, offset, meta, body, sealed } = document;
  const bytes = sealed ? secrets.openBytes(sealed, toPlace(_id)) : body?.value();
  if (!bytes) throw new Error(`backlog record ${_id} has no body`);
  // A copy: the driver's value is a view that keeps the whole answer alive.
  return { endpointId, partition, logEpoch, offset, meta, body: new Uint8Array(bytes) };
}

const toPlace = (documentId: string): SealedPlace => ({ collection: "backlog", documentId });
