import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { formatSignatures, parseSecret, signedContentPrefix } from "./signature.js";

describe("Standard Webhooks signatures", () => {
  test("the example of the specification comes out", () => {
    const secret = parseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    if (!secret.ok) throw new Error(secret.fault);
    const mac = createHmac("sha256", secret.key)
      .update(signedContentPrefix("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330))
      .update('{"test": 2432232314}')
      .digest("base64");
    expect(formatSignatures([mac])).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  test("two secrets give two entries, separated by a space", () => {
    expect(formatSignatures(["AAAA", "BBBB"])).toBe("v1,AAAA v1,BBBB");
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
