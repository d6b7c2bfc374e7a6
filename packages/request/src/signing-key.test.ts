import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { formatKeyPair } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { sign, toSigningKey } from "./signing-key.js";

const newPair = () => {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return formatKeyPair(Buffer.from(d, "base64url"), Buffer.from(x, "base64url"));
};

/** By node:crypto, from the text receivers are shown. */
function isSignedBy(publicKey: string, content: string, signature: Buffer): boolean {
  const x = Buffer.from(publicKey.slice("whpk_".length), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(content), key, signature);
}

describe("a key pair", () => {
  test("signs the prefix and the body as one text, the same each time", () => {
    const { privateKey, publicKey } = newPair();
    const key = toSigningKey({ value: privateKey })!;
    const signature = sign(key, "msg_1.5.", Buffer.from('{"é":1}'));
    expect(key.scheme).toBe("ed25519");
    expect(isSignedBy(publicKey, 'msg_1.5.{"é":1}', signature)).toBe(true);
    expect(isSignedBy(publicKey, 'msg_1.5.{"e":1}', signature)).toBe(false);
    expect(isSignedBy(newPair().publicKey, 'msg_1.5.{"é":1}', signature)).toBe(false);
    expect(sign(key, "msg_1.5.", Buffer.from('{"é":1}'))).toEqual(signature);
  });

  test("keeps the end it was given", () => {
    const { privateKey } = newPair();
    expect(toSigningKey({ value: privateKey, expiresAt: new Date(7) })?.expiresAt).toBe(7);
    expect(toSigningKey({ value: privateKey })?.expiresAt).toBeUndefined();
  });
});

test.each(["", "whsk_", "whsk_AAAA", "whpk_AAAA", "whsec_AAAA", "enc:v1:k:a:b"])(
  "%j is no key: it signs nothing",
  (value) => expect(toSigningKey({ value })).toBeUndefined(),
);
