import { createCipheriv, createDecipheriv, hash, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { mongo } from "mongoose";
import type { CollectionIndex } from "../collection-indexes.js";
import { SecretError, type SecretKey } from "./secret-key.js";

/** Bytes that nobody reads without the key (docs/adr/0023): a field `sealed` of a document. */
export interface SealedBytes {
  readonly keyId: string;
  /** Salt, ciphertext, tag. */
  readonly bytes: mongo.Binary;
}

/** The document it is the field of. It opens there and nowhere else. */
export interface SealedPlace {
  readonly collection: string;
  readonly documentId: string;
}

/** Collections whose documents may have a field `sealed`; each has the index {@link SEALED_BY_KEY}. */
export const SEALED_COLLECTIONS = ["events", "scheduled", "backlog"] as const;
export type SealedCollection = (typeof SEALED_COLLECTIONS)[number];

const SEALED_BY_KEY = "sealed_by_key";

/** Tells which keys are needed; a document that is not sealed has no entry in it. */
export const sealedByKeyIndex: CollectionIndex = {
  name: SEALED_BY_KEY,
  key: { "sealed.keyId": 1 },
  partialFilterExpression: { "sealed.keyId": { $exists: true } },
};

const ALGORITHM = "aes-256-gcm";
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals bytes with AES-256-GCM. Every document has a key of its own, derived from the installation's and a random salt:
 * there is no bound on how many documents one key seals, as there would be for random initialisation vectors under a
 * single key (2³², which a year of events may have).
 */
export function sealBytes(plain: Uint8Array, place: SealedPlace, { id, key }: SecretKey): SealedBytes {
  const salt = randomBytes(SALT_BYTES);
  const own = derive(key, salt, place);
  const cipher = createCipheriv(ALGORITHM, own.key, own.iv, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([salt, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { keyId: id, bytes: new mongo.Binary(sealed) };
}

/**
 * @param findKey by id
 * @throws SecretError `unknown_key`, `not_authentic`
 */
export function openBytes(
  { keyId, bytes }: SealedBytes,
  place: SealedPlace,
  findKey: (id: string) => SecretKey | undefined,
): Uint8Array {
  const where = `${place.collection} ${place.documentId}`;
  const found = findKey(keyId);
  if (!found) throw new SecretError("unknown_key", `${where}: sealed with the unknown key ${keyId}`, keyId);
  try {
    return decrypt(bytes.value(), place, found.key);
  } catch {
    // What the cipher says would not tell more.
    throw new SecretError("not_authentic", `${where}: not sealed there with the key ${keyId}`, keyId);
  }
}

/** @throws when the key, the place or a byte is another one */
function decrypt(stored: Uint8Array, place: SealedPlace, key: KeyObject): Uint8Array {
  const end = stored.byteLength - TAG_BYTES;
  const own = derive(key, stored.subarray(0, SALT_BYTES), place);
  const decipher = createDecipheriv(ALGORITHM, own.key, own.iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(stored.subarray(end));
  return Buffer.concat([decipher.update(stored.subarray(SALT_BYTES, end)), decipher.final()]);
}

/** The place is part of the derivation, so it is authenticated with every byte. */
function derive(key: KeyObject, salt: Uint8Array, { collection, documentId }: SealedPlace) {
  // As JSON, so that no two places have the same text; hashed, as `info` takes 1,024 bytes and an event's id may be long.
  const info = hash("sha256", JSON.stringify(["hooklane sealed bytes", collection, documentId]), "buffer");
  const derived = Buffer.from(hkdfSync("sha256", key, salt, info, KEY_BYTES + IV_BYTES));
  return { key: derived.subarray(0, KEY_BYTES), iv: derived.subarray(KEY_BYTES) };
}
