/**
 * The keys of Standard Webhooks and what they do with a signature. Web Crypto only: this runs in browsers and workers
 * too.
 */

/** A key read from its text. */
export interface VerificationKey {
  /** What stands in front of the signatures it can tell about. */
  readonly identifier: "v1" | "v1a";
  readonly key: Uint8Array<ArrayBuffer>;
}

const SECRET_PREFIX = "whsec_";
const SECRET_BYTES_MIN = 24;
const SECRET_BYTES_MAX = 64;
const PUBLIC_KEY_PREFIX = "whpk_";
/** Of Ed25519 (RFC 8032 §5.1.5). */
const PUBLIC_KEY_BYTES = 32;

const SIGNATURE_BYTES = { v1: 32, v1a: 64 } as const;
/** More are not looked at: senders have a few, and anybody can make a receiver check what stands in a header. */
const SIGNATURES_MAX = 16;

/** Reads `whsec_…` or `whpk_…`; undefined for what is neither. */
export function parseVerificationKey(text: string): VerificationKey | undefined {
  if (text.startsWith(SECRET_PREFIX)) {
    const key = fromBase64(text.slice(SECRET_PREFIX.length));
    return key && key.length >= SECRET_BYTES_MIN && key.length <= SECRET_BYTES_MAX
      ? { identifier: "v1", key }
      : undefined;
  }
  const key = text.startsWith(PUBLIC_KEY_PREFIX)
    ? fromBase64(text.slice(PUBLIC_KEY_PREFIX.length))
    : undefined;
  return key?.length === PUBLIC_KEY_BYTES ? { identifier: "v1a", key } : undefined;
}

/** The signatures in a `webhook-signature` this key can tell about; other schemes stand beside them. */
export function readSignatures(
  header: string,
  { identifier }: VerificationKey,
): readonly Uint8Array<ArrayBuffer>[] {
  const prefix = `${identifier},`;
  const found = header.split(" ").flatMap((entry) => {
    const signature = entry.startsWith(prefix) ? fromBase64(entry.slice(prefix.length)) : undefined;
    return signature?.length === SIGNATURE_BYTES[identifier] ? [signature] : [];
  });
  return found.slice(0, SIGNATURES_MAX);
}

/** Whether one of the signatures is of this key over exactly these bytes. */
export async function isSignedWith(
  { identifier, key }: VerificationKey,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  content: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  switch (identifier) {
    case "v1": {
      const mac = await hmac(key, content);
      // Every one is looked at, whatever the ones before it were.
      return signatures.map((signature) => isSame(mac, signature)).includes(true);
    }
    case "v1a": {
      const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      const verdicts = signatures.map((signature) =>
        crypto.subtle.verify("Ed25519", imported, signature, content),
      );
      return (await Promise.all(verdicts)).includes(true);
    }
  }
}

async function hmac(key: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, content));
}

/** Of one length; takes the same time wherever they differ. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}

/** Undefined when it is not base64 with its padding. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
