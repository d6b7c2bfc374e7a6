import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openStore, type Store } from "../store.js";
import { IdempotencyStore } from "./idempotency-store.js";

const at = new Date("2026-01-15T10:00:00Z");
const answer = { status: 201, headers: { etag: '"1"' }, body: "{}" };

let store: Store;
let keys: IdempotencyStore;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `idem-${randomUUID().slice(0, 8)}` });
  keys = new IdempotencyStore(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const claim = (key: string, request = "POST /a {}", by: string = randomUUID(), now = at) =>
  keys.claim("ws_1", key, request, by, now);

test("of calls at the same time with one key exactly one goes on", async () => {
  const kinds = (await Promise.all(Array.from({ length: 10 }, () => claim("same")))).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "claimed")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "in_progress")).toHaveLength(9);
});

test("a repeated call gets the stored answer, another request with the key is a conflict", async () => {
  await claim("k", "POST /a {}", "one");
  await keys.answer("ws_1", "k", "one", answer);
  expect(await claim("k")).toEqual({ kind: "answered", answer });
  expect(await claim("k", "POST /a {1}")).toEqual({ kind: "conflict" });
  expect(await keys.claim("ws_2", "k", "POST /a {}", "x", at)).toMatchObject({ kind: "claimed" });
});

test("a call that died without an answer gives its key up after a minute, and cannot answer any more", async () => {
  await claim("dead", "r", "one");
  const afterwards = new Date(at.getTime() + 61_000);
  expect(await claim("dead", "r", "two", afterwards)).toEqual({ kind: "claimed", claim: "two" });
  await keys.answer("ws_1", "dead", "one", answer);
  expect(await claim("dead", "r", "three", afterwards)).toEqual({ kind: "in_progress" });
});

test("a released key can be used again, an answered one stays", async () => {
  await claim("r", "a", "one");
  await keys.release("ws_1", "r", "one");
  expect(await claim("r", "b", "two")).toMatchObject({ kind: "claimed" });
  await keys.answer("ws_1", "r", "two", answer);
  await keys.release("ws_1", "r", "two");
  expect(await claim("r", "b")).toMatchObject({ kind: "answered" });
});
