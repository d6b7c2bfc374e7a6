import type { mongo } from "mongoose";
import type { Store } from "../store.js";
import { SEALED_COLLECTIONS, type SealedBytes, type SealedCollection } from "./sealed-bytes.js";
import { SecretError } from "./secret-key.js";

export interface SealedRotationOptions {
  /** Called with how many documents were looked at since it was called last. */
  readonly onDone: (documents: number) => void;
  /** Ends it between two batches. What is done stays done, and the next run goes on from there. */
  readonly signal?: AbortSignal | undefined;
}

/** Documents whose bytes are sealed, by the key they are sealed with. */
export type SealedByKey = Readonly<Record<string, number>>;

interface SealedDocument {
  readonly _id: string;
  readonly sealed: SealedBytes;
}

/** One write at most; with an event's bytes each. */
const BATCH_DOCUMENTS_MAX = 200;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/** With a wrong key, none can be opened: naming the first ones tells it. */
const UNREADABLE_NAMED_MAX = 20;

/** Counts entries of indexes, reading no document; no hint, as a database no service of this version used has no index. */
export async function countSealed(store: Store): Promise<SealedByKey> {
  const counts: Record<string, number> = {};
  for (const name of SEALED_COLLECTIONS) {
    const found = collection(store, name).aggregate<{ readonly _id: string; readonly count: number }>([
      { $match: { "sealed.keyId": { $gt: "" } } },
      { $group: { _id: "$sealed.keyId", count: { $sum: 1 } } },
    ]);
    for await (const { _id, count } of found) counts[_id] = (counts[_id] ?? 0) + count;
  }
  return counts;
}

/**
 * Seals events anew with the key that writes, a batch at a time, so that the one before it is needed no longer. Safe
 * while services run: bytes are replaced only where they still are what was read. What is done is found no more.
 *
 * @param keyIds of the keys it is to be done for; this process has them
 * @returns how many were sealed anew, and the first of those that could not be opened; they are left as they are
 * @throws the signal's reason
 */
export async function rotateSealedBytes(
  store: Store,
  keyIds: readonly string[],
  options: SealedRotationOptions,
): Promise<{ readonly resealed: number; readonly unreadable: readonly SealedPlaceOfKey[] }> {
  const unreadable: SealedPlaceOfKey[] = [];
  let resealed = 0;
  for (const name of SEALED_COLLECTIONS) {
    for (const keyId of keyIds) {
      const found = collection(store, name)
        .find({ "sealed.keyId": keyId }, { batchSize: BATCH_DOCUMENTS_MAX })
        .project<SealedDocument>({ sealed: 1 });
      for await (const batch of inBatches(found)) {
        options.signal?.throwIfAborted();
        const writes = batch.flatMap((document) => toWrite(store, name, document, unreadable));
        if (writes.length > 0) {
          const { modifiedCount } = await collection(store, name).bulkWrite(writes, { ordered: false });
          resealed += modifiedCount;
        }
        options.onDone(batch.length);
      }
    }
  }
  return { resealed, unreadable };
}

/** A document whose bytes could not be opened. */
export interface SealedPlaceOfKey {
  readonly collection: SealedCollection;
  readonly id: string;
  readonly keyId: string;
}

function toWrite(
  { secrets }: Store,
  name: SealedCollection,
  { _id, sealed }: SealedDocument,
  unreadable: SealedPlaceOfKey[],
): readonly mongo.AnyBulkWriteOperation<SealedDocument>[] {
  const place = { collection: name, documentId: _id };
  try {
    const anew = secrets.sealBytes(secrets.openBytes(sealed, place), place);
    return [
      { updateOne: { filter: { _id, "sealed.bytes": sealed.bytes }, update: { $set: { sealed: anew } } } },
    ];
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    if (unreadable.length < UNREADABLE_NAMED_MAX) {
      unreadable.push({ collection: name, id: _id, keyId: sealed.keyId });
    }
    return [];
  }
}

async function* inBatches(
  documents: AsyncIterable<SealedDocument>,
): AsyncGenerator<readonly SealedDocument[]> {
  let batch: SealedDocument[] = [];
  let bytes = 0;
  for await (const document of documents) {
    batch.push(document);
    bytes += document.sealed.bytes.length();
    if (batch.length < BATCH_DOCUMENTS_MAX && bytes < BATCH_BYTES_MAX) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

const collection = (store: Store, name: SealedCollection) => store.db.collection<SealedDocument>(name);
