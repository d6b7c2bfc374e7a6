import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { IdempotencyStore } from "./idempotency-store.js";

const at = new Date("2026-01-15T10:00:00Z");
const answer = { status: 201, headers: { etag: '"1"' }, body: "{}" };

let store: Store;
let keys: IdempotencyStore;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `idem-${randomUUID().slice(0, 8)}` });
  keys = new IdempotencyStore(store);
  await store.db.createCollection("notes");
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const afterwards = new Date(at.getTime() + 15_001);
const claimed = (key: string, claim: string) => ({ owner: "ws_1", key, claim });
const keep = (key: string, claim: string, change: () => Promise<void> = () => Promise.resolve()) =>
  keys.answerOnce(claimed(key, claim), async () => {
    await change();
    return { result: "made", answer };
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
  await keep("k", "one");
  expect(await claim("k")).toEqual({ kind: "answered", answer });
  expect(await claim("k", "POST /a {1}")).toEqual({ kind: "conflict" });
  expect(await keys.claim("ws_2", "k", "POST /a {}", "x", at)).toMatchObject({ kind: "claimed" });
});

/** What a call changes: it leaves a note, as repositories do. */
const note = (text: string) =>
  runTransaction(store, async (session) => {
    await store.db.collection<{ _id: string }>("notes").insertOne({ _id: text }, { session });
  });
const isNoted = async (text: string) =>
  (await store.db.collection<{ _id: string }>("notes").countDocuments({ _id: text })) === 1;

test("a call that died without an answer gives its key up after 15 s", async () => {
  await claim("dead", "r", "one");
  const justBefore = new Date(at.getTime() + 14_999);
  expect(await claim("dead", "r", "two", justBefore)).toEqual({ kind: "in_progress" });
  expect(await claim("dead", "r", "two", afterwards)).toEqual({ kind: "claimed", claim: "two" });
});

test("what a call changes is stored with its answer, or neither is: whenever it dies", async () => {
  await claim("half", "r", "one");
  const died = keys.answerOnce(claimed("half", "one"), async () => {
    await note("half");
    expect(await isNoted("half")).toBe(false);
    throw new Error("The process died here");
  });
  await expect(died).rejects.toThrow("died here");
  expect(await isNoted("half")).toBe(false);
  expect(await claim("half", "r", "two", afterwards)).toEqual({ kind: "claimed", claim: "two" });
  await keep("half", "two", () => note("half"));
  expect(await isNoted("half")).toBe(true);
  expect(await claim("half", "r", "three")).toEqual({ kind: "answered", answer });
});

test("a call that was refused leaves nothing of what it had changed, and no answer", async () => {
  await claim("refused", "r", "one");
  const result = await keys.answerOnce(claimed("refused", "one"), async () => {
    await note("refused");
    return { result: "refused", answer: undefined };
  });
  expect([result, await isNoted("refused")]).toEqual(["refused", false]);
  expect(await claim("refused", "r", "two")).toEqual({ kind: "in_progress" });
});

test("a call that was taken for dead and goes on changes nothing any more: the one in its place counts", async () => {
  await claim("slow", "r", "one");
  let runs = 0;
  const slow = await keys.answerOnce(claimed("slow", "one"), async () => {
    await note("by the slow one");
    // The driver runs it again: the other's answer is a write it did not see.
    if (++runs > 1) return { result: "made", answer };
    expect(await claim("slow", "r", "two", afterwards)).toMatchObject({ kind: "claimed" });
    await keep("slow", "two", () => note("by the other"));
    return { result: "made", answer };
  });
  expect(slow).toBeUndefined();
  expect([await isNoted("by the slow one"), await isNoted("by the other")]).toEqual([false, true]);
});

test("a key that was answered after all is not taken over", async () => {
  await claim("late", "r", "one");
  await keep("late", "one");
  expect(await claim("late", "r", "two", afterwards)).toEqual({ kind: "answered", answer });
});

test("a released key can be used again, an answered one stays", async () => {
  await claim("r", "a", "one");
  await keys.release(claimed("r", "one"));
  expect(await claim("r", "b", "two")).toMatchObject({ kind: "claimed" });
  await keep("r", "two");
  await keys.release(claimed("r", "two"));
  expect(await claim("r", "b")).toMatchObject({ kind: "answered" });
});
