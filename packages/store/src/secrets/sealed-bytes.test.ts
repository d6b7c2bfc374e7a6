import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { mongo } from "mongoose";
import { DocumentSecrets } from "./document-secrets.js";
import { openBytes, sealBytes, type SealedBytes, type SealedPlace } from "./sealed-bytes.js";
import { SecretError, type SecretKey } from "./secret-key.js";

const keyOf = (id: string, byte: number): SecretKey => ({ id, key: createSecretKey(Buffer.alloc(32, byte)) });
const key = keyOf("k1", 1);
const place: SealedPlace = { collection: "events", documentId: "ws_1:evt_1" };
const only = (known: SecretKey) => (id: string) => (id === known.id ? known : undefined);

const raw = ({ bytes }: SealedBytes) => Buffer.from(bytes.value());

/** What is refused with, and with which key. */
function faultOf(work: () => unknown): unknown[] {
  try {
    work();
  } catch (error) {
    if (error instanceof SecretError) return [error.code, error.keyId];
  }
  return [];
}

describe("sealed bytes", () => {
  test.each([0, 1, 31, 1_000, 256 * 1024])("%d of them open to what was sealed", (length) => {
    const plain = randomBytes(length);
    const sealed = sealBytes(plain, place, key);
    expect(sealed.keyId).toBe("k1");
    expect(raw(sealed).byteLength).toBe(length + 32);
    expect(Buffer.from(openBytes(sealed, place, only(key))).equals(plain)).toBe(true);
  });

  test("never look the same twice, and nothing of them is in what is stored", () => {
    const plain = Buffer.from("ann@example.org, ann@example.org");
    const [one, other] = [sealBytes(plain, place, key), sealBytes(plain, place, key)];
    expect(raw(one).equals(raw(other))).toBe(false);
    expect(raw(one).includes("ann@")).toBe(false);
  });

  test("a document's id may be long", () => {
    const long = { ...place, documentId: "x".repeat(2_000) };
    expect(Buffer.from(openBytes(sealBytes(Buffer.from("a"), long, key), long, only(key))).toString()).toBe(
      "a",
    );
  });

  test.each([
    { ...place, collection: "scheduled" },
    { ...place, documentId: "ws_1:evt_2" },
    // As one text, the two would be alike.
    { collection: "event", documentId: "sws_1:evt_1" },
  ])("do not open in another place: %j", (elsewhere) => {
    const sealed = sealBytes(Buffer.from("text"), place, key);
    expect(faultOf(() => openBytes(sealed, elsewhere, only(key)))).toEqual(["not_authentic", "k1"]);
  });

  test("do not open when a byte of them is another one, or some are missing", () => {
    const sealed = sealBytes(Buffer.from("text"), place, key);
    for (let index = 0; index < raw(sealed).byteLength; index++) {
      const changed = raw(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      for (const bytes of [changed, raw(sealed).subarray(0, index)]) {
        const stored = { keyId: "k1", bytes: new mongo.Binary(bytes) };
        expect(faultOf(() => openBytes(stored, place, only(key)))).toEqual(["not_authentic", "k1"]);
      }
    }
  });

  test("tell an unknown key from a wrong one", () => {
    const sealed = sealBytes(Buffer.from("hush"), place, key);
    expect(faultOf(() => openBytes(sealed, place, () => undefined))).toEqual(["unknown_key", "k1"]);
    expect(faultOf(() => openBytes(sealed, place, only(keyOf("k1", 2))))).toEqual(["not_authentic", "k1"]);
  });
});

test("documents are sealed with the first key and opened with all; without a key there is nothing to store with", () => {
  const plain = Buffer.from("text");
  const old = new DocumentSecrets([key]).sealBytes(plain, place);
  const both = new DocumentSecrets([keyOf("k2", 2), key]);
  expect(both.sealBytes(plain, place).keyId).toBe("k2");
  expect(Buffer.from(both.openBytes(old, place)).toString()).toBe("text");
  const none = new DocumentSecrets([]);
  expect(() => none.sealBytes(plain, place)).toThrow("There is no key");
  expect(() => none.openBytes(old, place)).toThrow("unknown key k1");
});
