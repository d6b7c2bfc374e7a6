import { createSecretKey } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { DocumentSecrets } from "./document-secrets.js";
import { listSecrets } from "./secret-fields.js";
import { sealedWith } from "./sealed-value.js";

const keyOf = (id: string, byte: number) => ({ id, key: createSecretKey(Buffer.alloc(32, byte)) });
const [one, two] = [keyOf("k1", 1), keyOf("k2", 2)];

const at = new Date("2026-01-15T10:00:00Z");
const webhook = Object.freeze({
  _id: "wh_1",
  name: "Clicks",
  headers: { "x-secret": "shown to everybody" },
  secrets: [
    { value: "whsec_new", createdAt: at },
    { value: "whsec_old", createdAt: at, expiresAt: at },
  ],
  auth: { type: "oauth2", clientId: "shop", clientSecret: "hush" },
});

describe("secrets of a document", () => {
  test("are sealed, all of them and nothing else, and open to the same document", () => {
    const secrets = new DocumentSecrets([one]);
    const stored = secrets.seal("webhooks", webhook);
    expect(JSON.stringify(stored)).not.toMatch(/whsec_|hush/);
    expect(stored).toMatchObject({ name: "Clicks", headers: webhook.headers, auth: { clientId: "shop" } });
    expect(stored.secrets[1]).toMatchObject({ createdAt: at, expiresAt: at });
    expect(listSecrets("webhooks", stored).map(({ path }) => path)).toEqual([
      "secrets.0.value",
      "secrets.1.value",
      "auth.clientSecret",
    ]);
    expect(secrets.open("webhooks", stored)).toEqual(webhook);
    expect(webhook.secrets[0]!.value).toBe("whsec_new");
  });

  test("are written with the first key and read with all", () => {
    const stored = new DocumentSecrets([one]).seal("webhooks", webhook);
    const both = new DocumentSecrets([two, one]);
    expect(both.open("webhooks", stored)).toEqual(webhook);
    expect(
      listSecrets("webhooks", both.seal("webhooks", webhook)).map(({ value }) => sealedWith(value)),
    ).toEqual(["k2", "k2", "k2"]);
  });

  test("that are plain, from before, are read as they are", () => {
    expect(new DocumentSecrets([one]).open("webhooks", webhook)).toEqual(webhook);
  });

  test("stay sealed without a key, and plain ones are not stored then", () => {
    const none = new DocumentSecrets([]);
    const stored = new DocumentSecrets([one]).seal("webhooks", webhook);
    expect(none.open("webhooks", stored)).toBe(stored);
    expect(none.seal("webhooks", stored)).toEqual(stored);
    expect(() => none.seal("webhooks", webhook)).toThrow("There is no key");
  });

  test("of a collection that has none: the document is the same", () => {
    const document = { _id: "x", secret: "not in the table" };
    expect(new DocumentSecrets([one]).seal("events", document)).toBe(document);
  });
});
