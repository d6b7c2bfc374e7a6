import {
  createHmac,
  createPrivateKey,
  createSecretKey,
  type KeyObject,
  sign as signWithPrivateKey,
} from "node:crypto";
import { isKeyPair, parseKeyPair, parseSecret, type SignatureScheme } from "@hooklane/core";

/** A key ready to sign with: reading one costs more than a signature. */
export interface SigningKey {
  readonly scheme: SignatureScheme;
  readonly key: KeyObject;
  /** Milliseconds since 1970; undefined: the current one. */
  readonly expiresAt: number | undefined;
}

/** Undefined for what is none: such a secret signs nothing, the others do. */
export function toSigningKey(secret: {
  readonly value: string;
  readonly expiresAt?: Date;
}): SigningKey | undefined {
  const { value } = secret;
  const expiresAt = secret.expiresAt?.getTime();
  if (isKeyPair(value)) {
    const pair = parseKeyPair(value);
    return pair.ok ? { scheme: "ed25519", key: toPrivateKey(pair), expiresAt } : undefined;
  }
  const parsed = parseSecret(value);
  return parsed.ok ? { scheme: "hmac-sha256", key: createSecretKey(parsed.key), expiresAt } : undefined;
}

function toPrivateKey({ seed, publicKey }: { seed: Uint8Array; publicKey: Uint8Array }): KeyObject {
  const toText = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
  return createPrivateKey({
    key: { kty: "OKP", crv: "Ed25519", d: toText(seed), x: toText(publicKey) },
    format: "jwk",
  });
}

/**
 * The signature of the prefix and the body's bytes. Measured for 1 KB: HMAC 2.5 µs, Ed25519 38 µs; the latter reads all
 * of it twice (RFC 8032 §5.1.6), so it takes one buffer.
 */
export function sign({ scheme, key }: SigningKey, prefix: string, body: Uint8Array): Buffer {
  switch (scheme) {
    case "hmac-sha256":
      return createHmac("sha256", key).update(prefix).update(body).digest();
    case "ed25519":
      return signWithPrivateKey(null, Buffer.concat([Buffer.from(prefix), body]), key);
  }
}
