import { randomUUID } from "node:crypto";
import { asEventId, asWorkspaceId } from "@hooklane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { SCHEDULED, type ScheduledEvent, ScheduledEvents } from "./scheduled-events.js";

let store: Store;
let scheduled: ScheduledEvents;
let now: Date;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `scheduled-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  scheduled = new ScheduledEvents(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  await store.db.collection(SCHEDULED).deleteMany({});
  now = await scheduled.now();
});

/** @param dueInMs from now; negative: it is due */
function event(
  id: string,
  dueInMs: number,
  more: { workspace?: string; offset?: number } = {},
): ScheduledEvent {
  return {
    workspaceId: asWorkspaceId(more.workspace ?? "ws_1"),
    eventId: asEventId(id),
    position: { partition: 2, epoch: 0, offset: more.offset ?? 0 },
    type: "routed",
    source: "api",
    acceptedAt: new Date(now.getTime() - 1_000_000),
    deliverAt: new Date(now.getTime() + dueInMs),
    body: new TextEncoder().encode(JSON.stringify({ id })),
  };
}

async function due(perWorkspaceMax = 100): Promise<string[]> {
  const ids: string[] = [];
  for await (const { eventId } of scheduled.due(now, perWorkspaceMax)) ids.push(eventId);
  return ids;
}

describe("events that wait for their time", () => {
  test("only what is due is given, by its time and then in the order of acceptance, with its bytes", async () => {
    await scheduled.add([
      event("later", 60_000),
      event("third", -1_000, { offset: 9 }),
      event("second", -1_000, { offset: 3 }),
      event("first", -5_000, { offset: 20 }),
    ]);
    expect(await due()).toEqual(["first", "second", "third"]);
    expect(await scheduled.oldestDue(now)).toEqual(new Date(now.getTime() - 5_000));
    expect(await scheduled.countWaiting()).toBe(4);
    for await (const given of scheduled.due(now, 1)) {
      expect(Buffer.from(given.body).toString()).toBe('{"id":"first"}');
      expect(given).toEqual({ ...event("first", -5_000, { offset: 20 }), body: given.body });
    }
  });

  test("a workspace with very much of it does not keep the others waiting", async () => {
    const many = Array.from({ length: 30 }, (_, n) => event(`many-${n}`, -60_000, { offset: n }));
    await scheduled.add([
      ...many,
      event("other", -1, { workspace: "ws_2" }),
      event("not", 5_000, { workspace: "ws_0" }),
    ]);
    expect(await due(2)).toEqual(["many-0", "many-1", "other"]);
  });

  test("kept again after a crash it is there once; released it is not due again, however often it is kept", async () => {
    await scheduled.add([event("a", -1), event("b", -1)]);
    await scheduled.add([event("a", -1), event("b", -1), event("c", -1)]);
    expect(await due()).toEqual(["a", "b", "c"]);
    await scheduled.markReleased([event("a", -1), event("b", -1)]);
    await scheduled.markReleased([event("a", -1)]);
    await scheduled.add([event("a", -1)]);
    expect(await due()).toEqual(["c"]);
    expect(await scheduled.countWaiting()).toBe(1);
    const kept = await store.db.collection<{ _id: string }>(SCHEDULED).findOne({ _id: "ws_1:a" });
    expect(kept).not.toHaveProperty("body");
  });

  test("looking for what is due reads the index of what is, not what waits", async () => {
    await scheduled.add(
      Array.from({ length: 300 }, (_, n) => event(`w-${n}`, 1_000_000, { workspace: `ws_${n % 5}` })),
    );
    await scheduled.add([event("due", -1, { workspace: "ws_3" })]);
    const explained = await store.db
      .collection(SCHEDULED)
      .find({ pending: true, workspaceId: { $gt: "" }, deliverAt: { $lte: now } })
      .sort({ workspaceId: 1 })
      .limit(1)
      .hint("due_by_workspace")
      .explain("executionStats");
    const { totalKeysExamined } = (explained as { executionStats: { totalKeysExamined: number } })
      .executionStats;
    expect(totalKeysExamined).toBeLessThan(20);
    expect(await due()).toEqual(["due"]);
  });
});
