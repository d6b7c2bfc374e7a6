import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What is sealed with a key opens for the same purpose only.
 * - `idempotent answer`: answers kept for `Idempotency-Key` may hold secrets that are shown once, and the database must not
 *   know them; sealed with the caller's key
 * - `console session`: the keys somebody signed in with, kept by the browser; sealed with the installation's
 */
type Purpose = "idempotent answer" | "console session";

/** What seals: an API key as it was given, or a key of the installation. */
type Sealing = string | KeyObject;

/** Seals a text so that only who has the same key can read or change it. */
export function sealText(text: string, key: Sealing, purpose: Purpose): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, deriveKey(key, purpose), iv);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

/** @throws when it was sealed with another key or for another purpose, or changed */
export function openText(sealed: string, key: Sealing, purpose: Purpose): string {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv(ALGORITHM, deriveKey(key, purpose), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
    "utf8",
  );
}

/** Keys have 256 random bits (the operator's as many as were given), so no slow derivation is needed. */
const deriveKey = (key: Sealing, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync("sha256", key, "", `hooklane ${purpose}`, 32));
