import { randomUUID } from "node:crypto";
import { asWorkspaceId } from "@hooklane/core";
import { eventually } from "@hooklane/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mongo } from "mongoose";
import { openStore, type Store } from "../store.js";
import type { LiveChange } from "./live-change.js";
import { isPlaceLost, LiveChangeReader, type LivePlace } from "./live-change-reader.js";

const [one, other] = [asWorkspaceId("ws_1"), asWorkspaceId("ws_2")];

let store: Store;
const readers: LiveChangeReader[] = [];

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `live-${randomUUID().slice(0, 8)}` });
});

beforeEach(() => store.db.createCollection("deliveries"));

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  await store.db.dropDatabase();
});

afterAll(() => store.close());

async function open(workspaceIds = [one], from?: LivePlace): Promise<LiveChangeReader> {
  const reader = await LiveChangeReader.open(store, { workspaceIds, from });
  readers.push(reader);
  return reader;
}

/** Reads until `count` changes came and the reader is at the end. */
async function read(reader: LiveChangeReader, count: number): Promise<readonly LiveChange[]> {
  const read: LiveChange[] = [];
  await eventually(async () => {
    const { changes, isAtEnd } = await reader.read();
    read.push(...changes);
    return isAtEnd && read.length >= count;
  });
  return read;
}

const idOf = (change: LiveChange): string =>
  change.kind === "delivery"
    ? change.delivery.id
    : change.kind === "webhook"
      ? change.webhook._id
      : change.kind;

const collection = (name: string) => store.db.collection<{ _id: string }>(name);
const insert = (ids: readonly string[], workspaceId = one) =>
  collection("deliveries").insertMany(ids.map((_id) => ({ _id, workspaceId, attempts: {} })));

describe("a reader of live changes", () => {
  test("reads what people see of its workspaces, and nothing that is secret or large", async () => {
    const reader = await open();
    const matched = [{ webhookId: "wh_1", deliveryId: "dl_1", endpointId: "ep_1", ordinal: 0 }];
    await collection("events").insertMany([
      { _id: "ws_1:a", workspaceId: one, body: "secret", sealed: "secret", decision: { matched } },
      { _id: "ws_1:b", workspaceId: one, body: "secret", decision: { matched: [] } },
    ] as never[]);
    await insert(["dl_1"]);
    await insert(["dl_2"], other);
    await collection("webhooks").insertOne({ _id: "wh_1", workspaceId: one, secrets: ["secret"] } as never);
    await collection("auditLog").insertOne({ _id: "aud_1", workspaceId: one } as never);
    await collection("errorWindows").insertOne({ _id: one });
    await collection("errorWindows").insertOne({ _id: other });
    await collection("deliveries").updateOne({ _id: "dl_1" }, { $set: { status: "delivered" } });
    const changes = await read(reader, 5);
    expect(changes.map(idOf)).toEqual(["decided", "dl_1", "wh_1", "errors", "dl_1"]);
    expect(new Set(changes.map(({ workspaceId }) => workspaceId))).toEqual(new Set([one]));
    expect(JSON.stringify(changes)).not.toContain("secret");
  });

  test("goes on from any place of another, of more or fewer workspaces, without a gap or a repetition", async () => {
    const first = await open([one, other]);
    const places = [first.place];
    const ids = Array.from({ length: 12 }, (_, index) => `dl_${String(index).padStart(2, "0")}`);
    for (const id of ids) {
      await insert([id], id.endsWith("5") ? other : one);
      await read(first, 1);
      places.push(first.place);
    }
    const session = await store.db.startSession();
    // Of one moment.
    await session.withTransaction(async () => {
      for (const _id of ["dl_x", "dl_y", "dl_z"]) {
        await collection("deliveries").insertOne({ _id, workspaceId: one, attempts: {} } as never, {
          session,
        });
      }
    });
    await session.endSession();
    const rest = [...ids.filter((id) => !id.endsWith("5")), "dl_x", "dl_y", "dl_z"];
    for (const [index, place] of places.entries()) {
      const expected = rest.filter((id) => id > `dl_${String(index - 1).padStart(2, "0")}`);
      expect((await read(await open([one], place), expected.length)).map(idOf)).toEqual(expected);
    }
    const [, ofMoment] = await read(await open([one], places.at(-1)), 3);
    const behind = { time: ofMoment!.time, token: ofMoment!.token };
    expect((await read(await open([one], behind), 1)).map(idOf)).toEqual(["dl_z"]);
  });

  test("says that a place is lost: it has left the oplog, or the database was dropped", async () => {
    // A young oplog reaches back to the beginning: there no place is too old.
    expect(isPlaceLost(new mongo.MongoServerError({ message: "lost", code: 286 }))).toBe(true);
    const reader = await open();
    await store.db.dropDatabase();
    const ended = await eventually(() =>
      reader.read().then(
        () => undefined,
        (error: unknown) => error,
      ),
    );
    expect(isPlaceLost(ended)).toBe(true);
    expect(isPlaceLost(new Error("away"))).toBe(false);
  });
});
