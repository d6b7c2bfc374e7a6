import type { SignatureScheme } from "./vocabulary.js";

/**
 * The layout of Standard Webhooks signatures and keys (product.md D10). Signing itself is done where node:crypto is: the
 * symmetric `v1` is `base64(HMAC-SHA256(key, prefix bytes, then body bytes))`, the asymmetric `v1a` is
 * `base64(Ed25519(private key, the same bytes))`.
 */

/** Standard Webhooks: keys are their prefix and base64. */
const SECRET_PREFIX = "whsec_";
const PRIVATE_KEY_PREFIX = "whsk_";
const PUBLIC_KEY_PREFIX = "whpk_";

/** Standard Webhooks: 24 to 64 bytes of key, so a guess is hopeless and HMAC-SHA256 need not hash it first. */
const KEY_BYTES_MIN = 24;
const KEY_BYTES_MAX = 64;

/** RFC 8032 §5.1.5: the private key is a seed of 32 bytes, and so long is the public key. */
const ED25519_KEY_BYTES = 32;

/** Standard Webhooks: what stands in front of a signature. */
const SIGNATURE_IDENTIFIERS: Readonly<Record<SignatureScheme, string>> = {
  "hmac-sha256": "v1",
  ed25519: "v1a",
};

/** What is wrong with the text of a key. */
export interface UnreadableKey {
  readonly ok: false;
  readonly fault: "no_prefix" | "not_base64" | "wrong_length";
}

/** A signing key, or what is wrong with the text it was read from. */
export type ParsedSecret = { readonly ok: true; readonly key: Uint8Array } | UnreadableKey;

/** A key pair, each half of 32 bytes, or what is wrong with the text it was read from. */
export type ParsedKeyPair =
  { readonly ok: true; readonly seed: Uint8Array; readonly publicKey: Uint8Array } | UnreadableKey;

/** Reads `whsec_…`. */
export function parseSecret(text: string): ParsedSecret {
  const parsed = parseKey(text, SECRET_PREFIX);
  if (!parsed.ok) return parsed;
  const { length } = parsed.key;
  return length < KEY_BYTES_MIN || length > KEY_BYTES_MAX ? { ok: false, fault: "wrong_length" } : parsed;
}

/** Whether it is meant to be `whsk_…`. */
export const isKeyPair = (text: string): boolean => text.startsWith(PRIVATE_KEY_PREFIX);

/** Reads `whsk_…`: the seed, then the public key, as libsodium and Go lay a private key out. */
export function parseKeyPair(text: string): ParsedKeyPair {
  const parsed = parseKey(text, PRIVATE_KEY_PREFIX);
  if (!parsed.ok) return parsed;
  const { key } = parsed;
  if (key.length !== 2 * ED25519_KEY_BYTES) return { ok: false, fault: "wrong_length" };
  return { ok: true, seed: key.subarray(0, ED25519_KEY_BYTES), publicKey: key.subarray(ED25519_KEY_BYTES) };
}

/** Writes a key pair as `whsk_…`, and its public half as `whpk_…`. Each half has 32 bytes. */
export function formatKeyPair(
  seed: Uint8Array,
  publicKey: Uint8Array,
): { readonly privateKey: string; readonly publicKey: string } {
  return {
    privateKey: PRIVATE_KEY_PREFIX + toBase64([...seed, ...publicKey]),
    publicKey: PUBLIC_KEY_PREFIX + toBase64([...publicKey]),
  };
}

/** The text in front of the body's bytes in what is signed: `id.timestamp.` (ASCII). */
export function signedContentPrefix(webhookIdHeader: string, timestampSeconds: number): string {
  return `${webhookIdHeader}.${timestampSeconds}.`;
}

/** A signature and how it was made. */
export interface Signature {
  readonly scheme: SignatureScheme;
  readonly base64: string;
}

/** The value of `webhook-signature`: one entry a current secret, so that receivers can rotate. */
export function formatSignatures(signatures: readonly Signature[]): string {
  return signatures.map(({ scheme, base64 }) => `${SIGNATURE_IDENTIFIERS[scheme]},${base64}`).join(" ");
}

function parseKey(text: string, prefix: string): ParsedSecret {
  if (!text.startsWith(prefix)) return { ok: false, fault: "no_prefix" };
  const encoded = text.slice(prefix.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0)
    return { ok: false, fault: "not_base64" };
  return { ok: true, key: Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)) };
}

const toBase64 = (bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes));
