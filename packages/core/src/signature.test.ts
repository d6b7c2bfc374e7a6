import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import {
  formatKeyPair,
  formatSignatures,
  isKeyPair,
  parseKeyPair,
  parseSecret,
  signedContentPrefix,
} from "./signature.js";

describe("Standard Webhooks signatures", () => {
  test("the example of the specification comes out", () => {
    const secret = parseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    if (!secret.ok) throw new Error(secret.fault);
    const mac = createHmac("sha256", secret.key)
      .update(signedContentPrefix("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330))
      .update('{"test": 2432232314}')
      .digest("base64");
    expect(formatSignatures([{ scheme: "hmac-sha256", base64: mac }])).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  test("two secrets give two entries, separated by a space, each with the identifier of its scheme", () => {
    const [one, other] = [
      { scheme: "ed25519", base64: "AAAA" },
      { scheme: "hmac-sha256", base64: "BBBB" },
    ] as const;
    expect(formatSignatures([one, other])).toBe("v1a,AAAA v1,BBBB");
  });

  test("a key of 24 to 64 bytes is read back byte for byte", () => {
    for (const length of [24, 32, 64]) {
      const key = randomBytes(length);
      const secret = parseSecret(`whsec_${key.toString("base64")}`);
      expect(secret.ok && Buffer.from(secret.key).equals(key)).toBe(true);
    }
  });

  test.each([
    ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "no_prefix"],
    ["whsec_", "not_base64"],
    ["whsec_!!!!", "not_base64"],
    ["whsec_AAAAA", "not_base64"],
    [`whsec_${randomBytes(23).toString("base64")}`, "wrong_length"],
    [`whsec_${randomBytes(65).toString("base64")}`, "wrong_length"],
  ])("%s is refused as %s", (text, fault) => {
    expect(parseSecret(text)).toEqual({ ok: false, fault });
  });
});

describe("a key pair", () => {
  // RFC 8032 §7.1, test 2.
  const seed = Buffer.from("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "hex");
  const publicKey = Buffer.from("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "hex");

  test("is written as whsk_ with both halves and whpk_ with the public one, and read back", () => {
    const written = formatKeyPair(seed, publicKey);
    expect(written.privateKey).toBe(`whsk_${Buffer.concat([seed, publicKey]).toString("base64")}`);
    expect(written.publicKey).toBe(`whpk_${publicKey.toString("base64")}`);
    const read = parseKeyPair(written.privateKey);
    expect(read.ok && [Buffer.from(read.seed), Buffer.from(read.publicKey)]).toEqual([seed, publicKey]);
  });

  test("that was read signs what RFC 8032 says", () => {
    const read = parseKeyPair(formatKeyPair(seed, publicKey).privateKey);
    if (!read.ok) throw new Error(read.fault);
    const d = Buffer.from(read.seed).toString("base64url");
    const x = Buffer.from(read.publicKey).toString("base64url");
    const key = createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", d, x }, format: "jwk" });
    expect(sign(null, Buffer.from("72", "hex"), key).toString("hex")).toBe(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
  });

  test("of node:crypto goes through both forms unharmed", () => {
    const pair = generateKeyPairSync("ed25519");
    const { d = "", x = "" } = pair.privateKey.export({ format: "jwk" });
    const { privateKey } = formatKeyPair(Buffer.from(d, "base64url"), Buffer.from(x, "base64url"));
    const read = parseKeyPair(privateKey);
    if (!read.ok) throw new Error(read.fault);
    const key = createPrivateKey({
      key: { kty: "OKP", crv: "Ed25519", d: Buffer.from(read.seed).toString("base64url"), x },
      format: "jwk",
    });
    expect(verify(null, Buffer.from("a"), pair.publicKey, sign(null, Buffer.from("a"), key))).toBe(true);
  });

  test("is told from a secret by its prefix", () => {
    expect([isKeyPair("whsk_x"), isKeyPair("whsec_x"), isKeyPair("whpk_x")]).toEqual([true, false, false]);
  });

  test.each([
    [`whsec_${randomBytes(64).toString("base64")}`, "no_prefix"],
    ["whsk_-_", "not_base64"],
    [`whsk_${randomBytes(32).toString("base64")}`, "wrong_length"],
    [`whsk_${randomBytes(65).toString("base64")}`, "wrong_length"],
  ])("%s is refused as %s", (text, fault) => {
    expect(parseKeyPair(text)).toEqual({ ok: false, fault });
  });
});
