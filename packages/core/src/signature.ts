/**
 * The layout of Standard Webhooks signatures (product.md D10, symmetric scheme `v1`). The HMAC itself is made where
 * node:crypto is: `base64(HMAC-SHA256(key, prefix bytes, then body bytes))`.
 */

/** Standard Webhooks: the key is given as `whsec_` and base64. */
const SECRET_PREFIX = "whsec_";
/** Standard Webhooks: 24 to 64 bytes of key, so a guess is hopeless and HMAC-SHA256 need not hash it first. */
const KEY_BYTES_MIN = 24;
const KEY_BYTES_MAX = 64;

/** A signing key, or what is wrong with the text it was read from. */
export type ParsedSecret =
  | { readonly ok: true; readonly key: Uint8Array }
  | { readonly ok: false; readonly fault: "no_prefix" | "not_base64" | "wrong_length" };

/** Reads `whsec_…`. */
export function parseSecret(text: string): ParsedSecret {
  if (!text.startsWith(SECRET_PREFIX)) return { ok: false, fault: "no_prefix" };
  const encoded = text.slice(SECRET_PREFIX.length);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0)
    return { ok: false, fault: "not_base64" };
  const key = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  if (key.length < KEY_BYTES_MIN || key.length > KEY_BYTES_MAX) return { ok: false, fault: "wrong_length" };
  return { ok: true, key };
}

/** The text in front of the body's bytes in what is signed: `id.timestamp.` (ASCII). */
export function signedContentPrefix(webhookIdHeader: string, timestampSeconds: number): string {
  return `${webhookIdHeader}.${timestampSeconds}.`;
}

/** The value of `webhook-signature`: one entry a current secret, so that receivers can rotate. */
export function formatSignatures(base64Macs: readonly string[]): string {
  return base64Macs.map((mac) => `v1,${mac}`).join(" ");
}
