import { createSecretKey } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { SecretError, type SecretKey } from "./secret-key.js";
import { openValue, sealedWith, sealValue, type SecretPlace } from "./sealed-value.js";

const keyOf = (id: string, byte: number): SecretKey => ({
  id,
  key: createSecretKey(Buffer.alloc(32, byte)),
});
const key = keyOf("k1", 1);
const place: SecretPlace = { collection: "webhooks", documentId: "wh_1", field: "auth.password" };
const only = (known: SecretKey) => (id: string) => (id === known.id ? known : undefined);

function faultOf(work: () => unknown): SecretError {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretError) return error;
  }
  throw new Error("It was opened");
}

describe("a sealed value", () => {
  test.each(["whsec_abc", "", "pässwörd 🔑", "enc:v1:k1:x:y", "x".repeat(10_000)])(
    "opens to what was sealed: %.20j",
    (text) => {
      const sealed = sealValue(text, place, key);
      expect(sealed).toMatch(/^enc:v1:k1:[\w-]{16}:[\w-]{22,}$/);
      if (text !== "") expect(sealed).not.toContain(text);
      expect(openValue(sealed, place, only(key))).toBe(text);
    },
  );

  test("never looks the same twice", () => {
    expect(sealValue("text", place, key)).not.toBe(sealValue("text", place, key));
  });

  test.each([
    { ...place, collection: "workspaces" },
    { ...place, documentId: "wh_2" },
    { ...place, field: "auth.token" },
    // As one text, the two would be alike.
    { collection: "webhook", documentId: "swh_1", field: "auth.password" },
  ])("does not open in another place: %j", (elsewhere) => {
    const sealed = sealValue("text", place, key);
    expect(faultOf(() => openValue(sealed, elsewhere, only(key)))).toMatchObject({
      code: "not_authentic",
      keyId: "k1",
    });
  });

  test("does not open when any character of it is another one", () => {
    const sealed = sealValue("text", place, key);
    const from = "enc:v1:k1:".length;
    for (let index = from; index < sealed.length; index++) {
      const other = sealed[index] === "A" ? "B" : "A";
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      // The last character of a base64 text may have bits that stand for nothing.
      if (Buffer.from(changed, "base64url").equals(Buffer.from(sealed, "base64url"))) continue;
      const isSameBytes = changed
        .split(":")
        .slice(3)
        .every((part, n) =>
          Buffer.from(part, "base64url").equals(Buffer.from(sealed.split(":")[n + 3]!, "base64url")),
        );
      if (isSameBytes) continue;
      expect(() => openValue(changed, place, only(key))).toThrow(SecretError);
    }
  });

  test.each([
    "enc:v1:",
    "enc:v1:k1",
    "enc:v1:k1::",
    "enc:v1:k1:AAAA:AAAA",
    "enc:v1:k1:AAAAAAAAAAAAAAAA:AAAA",
  ])("that is cut off is no plain text: %s", (cut) => {
    expect(faultOf(() => openValue(cut, place, only(key)))).toMatchObject({ name: "SecretError" });
  });

  test("tells an unknown key from a wrong one, and names neither secret nor key", () => {
    const sealed = sealValue("hush", place, key);
    const unknown = faultOf(() => openValue(sealed, place, () => undefined));
    expect(unknown).toMatchObject({ code: "unknown_key", keyId: "k1" });
    const wrong = faultOf(() => openValue(sealed, place, only(keyOf("k1", 2))));
    expect(wrong).toMatchObject({ code: "not_authentic", keyId: "k1" });
    expect(unknown.message + wrong.message).not.toMatch(/hush|AQEB/);
  });
});

test("plain text, from before secrets were sealed, is its own", () => {
  expect(openValue("whsec_old", place, () => undefined)).toBe("whsec_old");
  expect(sealedWith("whsec_old")).toBeUndefined();
  expect(sealedWith(sealValue("x", place, key))).toBe("k1");
});
