import { createPrivateKey, type KeyObject } from "node:crypto";
import { readPem } from "./pem.js";

/** A longer one would hold the dispatcher up for tens of milliseconds with every connection, a shorter one is no secret. */
const RSA_BITS = { min: 2_048, max: 4_096 } as const;
/** Those TLS 1.3 knows (RFC 8446 §4.2.7), as OpenSSL calls them. */
const CURVES: ReadonlySet<string | undefined> = new Set(["prime256v1", "secp384r1", "secp521r1"]);

export type PrivateKey =
  { readonly ok: true; readonly key: KeyObject } | { readonly ok: false; readonly message: string };

/** Reads a private key that can be used in TLS. What is wrong is told without anything of the key. */
export function readPrivateKey(pem: string): PrivateKey {
  const block = readPem(pem).find(({ label }) => label.endsWith("PRIVATE KEY"));
  if (block === undefined) return { ok: false, message: "has no private key in PEM form" };
  if (block.label.startsWith("ENCRYPTED") || /^Proc-Type:.*ENCRYPTED/m.test(block.text))
    return { ok: false, message: "is encrypted: give it without a passphrase" };
  const key = parse(block.text);
  if (key === undefined) return { ok: false, message: "cannot be read" };
  return isUsable(key)
    ? { ok: true, key }
    : {
        ok: false,
        message: `must be RSA of ${RSA_BITS.min} to ${RSA_BITS.max} bits, EC on P-256, P-384 or P-521, or Ed25519`,
      };
}

/** Always in the same form (PKCS #8). */
export const toPem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

function parse(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

function isUsable({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): boolean {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails;
  switch (asymmetricKeyType) {
    case "rsa":
    case "rsa-pss":
      return modulusLength >= RSA_BITS.min && modulusLength <= RSA_BITS.max;
    case "ec":
      return CURVES.has(namedCurve);
    case "ed25519":
      return true;
    default:
      return false;
  }
}
