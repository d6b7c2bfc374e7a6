import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { SecretError, type SecretKey } from "./secret-key.js";

/** Where a secret is stored. A value opens in the place it was sealed for and in no other. */
export interface SecretPlace {
  readonly collection: string;
  readonly documentId: string;
  /** As `SECRET_FIELDS` writes it. */
  readonly field: string;
}

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `enc:v1:<key id>:<iv>:<ciphertext and tag>`, the last two in base64url. */
const PREFIX = "enc:v1:";

/** Id of the key a stored value is sealed with; undefined when it is plain text. */
export function sealedWith(stored: string): string | undefined {
  return stored.startsWith(PREFIX) ? (stored.split(":")[2] ?? "") : undefined;
}

/** Seals a text with AES-256-GCM; each time with another initialisation vector, so equal secrets look different. */
export function sealValue(text: string, place: SecretPlace, { id, key }: SecretKey): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(toAad(place));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${PREFIX}${id}:${iv.toString("base64url")}:${sealed.toString("base64url")}`;
}

/**
 * The text of a stored value. Plain text, from before secrets were sealed, is its own.
 *
 * @param findKey by id
 * @throws SecretError `unknown_key`, `not_authentic`
 */
export function openValue(
  stored: string,
  place: SecretPlace,
  findKey: (id: string) => SecretKey | undefined,
): string {
  const keyId = sealedWith(stored);
  if (keyId === undefined) return stored;
  const where = `${place.collection} ${place.documentId}, ${place.field}`;
  const found = findKey(keyId);
  if (!found) throw new SecretError("unknown_key", `${where}: sealed with the unknown key ${keyId}`, keyId);
  try {
    return decrypt(stored, place, found);
  } catch {
    // What the cipher says would not tell more.
    throw new SecretError("not_authentic", `${where}: not sealed there with the key ${keyId}`, keyId);
  }
}

/** @throws when the key, the place or the value is another one */
function decrypt(stored: string, place: SecretPlace, { key }: SecretKey): string {
  const [iv = "", sealed = ""] = stored.split(":").slice(3);
  const bytes = Buffer.from(sealed, "base64url");
  const end = bytes.byteLength - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, Buffer.from(iv, "base64url"), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(toAad(place))
    .setAuthTag(bytes.subarray(Math.max(0, end)));
  return Buffer.concat([decipher.update(bytes.subarray(0, end)), decipher.final()]).toString("utf8");
}

/** As JSON, so that no two places have the same text. */
const toAad = ({ collection, documentId, field }: SecretPlace): Buffer =>
  Buffer.from(JSON.stringify([collection, documentId, field]));
