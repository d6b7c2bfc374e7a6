import { randomUUID } from "node:crypto";
import { asEventId, asRecordId, asWorkspaceId } from "@hooklane/core";
import { recordPlans, testSecretKeys } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { EventLog, EVENTS } from "../event-log/event-log.js";
import { DocumentSecrets } from "../secrets/document-secrets.js";
import { openStore, type Store } from "../store.js";
import { SCHEDULED, type ScheduledEvent, ScheduledEvents, type WaitingPlace } from "./scheduled-events.js";

let store: Store;
let scheduled: ScheduledEvents;
let now: Date;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `scheduled-${randomUUID().slice(0, 8)}`,
    secretKeys: testSecretKeys,
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
  await store.db.collection(EVENTS).deleteMany({});
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

  test("what is claimed stays due until it is released, and is claimed by another process again", async () => {
    await scheduled.add([event("a", -2), event("b", -1)]);
    const found = [event("a", -2), event("b", -1), event("gone", -1)];
    const ids = (events: readonly ScheduledEvent[]) => events.map(({ eventId }) => eventId);
    expect(ids(await scheduled.claim(found))).toEqual(["a", "b"]);
    expect(await due()).toEqual(["a", "b"]);
    expect(ids(await scheduled.claim(found))).toEqual(["a", "b"]);
    await scheduled.markReleased([event("a", -2)]);
    expect(ids(await scheduled.claim(found))).toEqual(["b"]);
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

describe("an event that has fields not to be stored", () => {
  const secret = (id: string, dueInMs = -1) => ({
    ...event(id, dueInMs),
    body: Buffer.from(`{"id":"${id}","email":"ann@example.org"}`),
    isSealed: true,
  });
  const raw = async (): Promise<readonly Buffer[]> => {
    const documents = await store.db.collection(SCHEDULED).find({}, { raw: true }).toArray();
    return documents as unknown as Buffer[];
  };

  test("waits sealed and is released with its exact bytes; nothing of them stays after that", async () => {
    await scheduled.add([secret("a"), secret("b"), secret("waits", 60_000)]);
    await scheduled.add([secret("a")]);
    expect((await raw()).some((bytes) => bytes.includes("ann@"))).toBe(false);
    const bodies: string[] = [];
    for await (const { body } of scheduled.due(now, 10)) bodies.push(Buffer.from(body).toString());
    expect(bodies).toEqual([String(secret("a").body), String(secret("b").body)]);
    expect(await scheduled.list(asWorkspaceId("ws_1"), { limit: 1 })).toEqual([
      expect.not.objectContaining({ sealed: expect.anything() }),
    ]);
    await scheduled.claim([secret("a")]);
    await scheduled.markReleased([secret("a")]);
    await scheduled.cancel(asWorkspaceId("ws_1"), asEventId("b"));
    expect((await raw()).filter((bytes) => bytes.includes("sealed"))).toHaveLength(1);
  });

  test("whose key is missing stays due, is said so, and holds up no other", async () => {
    await scheduled.add([secret("a"), event("b", -1)]);
    const keyless = new ScheduledEvents({ ...store, secrets: new DocumentSecrets([]) });
    const faults: unknown[] = [];
    const ids: string[] = [];
    const told = keyless.due(now, 10, ({ eventId }, { code, keyId }) => faults.push([eventId, code, keyId]));
    for await (const { eventId } of told) ids.push(eventId);
    expect([ids, faults]).toEqual([["b"], [["a", "unknown_key", "test"]]]);
    expect(await due()).toEqual(["a", "b"]);
  });
});

describe("cancelling", () => {
  const id = asEventId;
  const workspaceId = asWorkspaceId("ws_1");

  /** As the router leaves it: in the event log, and kept. */
  async function keep(...events: ScheduledEvent[]): Promise<void> {
    await new EventLog(store).record(
      events.map(({ deliverAt, body: shownBody, ...kept }) => ({
        ...kept,
        shownBody,
        recordId: asRecordId(kept.eventId),
        timestamp: "2026-01-15T10:00:00Z",
        deliverAt,
        status: "scheduled" as const,
        decision: { matched: [], unmatched: [] },
        expiresAt: new Date(now.getTime() + 86_400_000),
      })),
    );
    await scheduled.add(events);
  }

  const statusOf = async (eventId: string) =>
    (await new EventLog(store).findEvent(workspaceId, id(eventId)))?.status;

  test("it is not due, not kept again by a replay, and logged as cancelled; again it is the same", async () => {
    await keep(event("a", -1), event("b", -1));
    expect(await scheduled.cancel(workspaceId, id("a"))).toBe("cancelled");
    expect(await scheduled.cancel(workspaceId, id("a"))).toBe("cancelled");
    await keep(event("a", -1));
    expect(await due()).toEqual(["b"]);
    expect(await scheduled.claim([event("a", -1)])).toEqual([]);
    expect([await statusOf("a"), await statusOf("b")]).toEqual(["cancelled", "scheduled"]);
    const kept = await store.db.collection<{ _id: string }>(SCHEDULED).findOne({ _id: "ws_1:a" });
    expect(kept).not.toHaveProperty("body");
  });

  test("not what is claimed or released, another workspace's, or unknown", async () => {
    await keep(event("claimed", -1), event("released", -1));
    await scheduled.claim([event("claimed", -1), event("released", -1)]);
    await scheduled.markReleased([event("released", -1)]);
    expect(await scheduled.cancel(workspaceId, id("claimed"))).toBe("released");
    expect(await scheduled.cancel(workspaceId, id("released"))).toBe("released");
    expect(await scheduled.cancel(asWorkspaceId("ws_2"), id("claimed"))).toBe("not_found");
    expect(await scheduled.cancel(workspaceId, id("nobody"))).toBe("not_found");
    expect(await statusOf("claimed")).toBe("scheduled");
  });

  test("at the very moment of the release, exactly one of both has it", async () => {
    const many = Array.from({ length: 60 }, (_, n) => event(`race-${n}`, -1, { offset: n }));
    await keep(...many);
    const claims = Array.from({ length: 6 }, (_, n) => scheduled.claim(many.slice(n * 10, n * 10 + 10)));
    const [claimed, outcomes] = await Promise.all([
      Promise.all(claims).then((lists) => new Set(lists.flat().map(({ eventId }) => eventId))),
      Promise.all(many.map(({ eventId }) => scheduled.cancel(workspaceId, eventId))),
    ]);
    const cancelled = many.filter((_, n) => outcomes[n] === "cancelled").map(({ eventId }) => eventId);
    expect(claimed.size + cancelled.length).toBe(many.length);
    expect(cancelled.filter((eventId) => claimed.has(eventId))).toEqual([]);
    for (const eventId of cancelled) expect(await statusOf(eventId)).toBe("cancelled");
  }, 30_000);
});

describe("the list of what waits", () => {
  test("soonest first and then as accepted, page by page, without another workspace's", async () => {
    await scheduled.add([
      event("late", 9_000),
      event("tie-2", 5_000, { offset: 12 }),
      event("tie-1", 5_000, { offset: 7 }),
      event("soon", 1_000, { offset: 30 }),
      event("other", 1_000, { workspace: "ws_2" }),
    ]);
    await scheduled.claim([event("soon", 1_000)]);
    const seen: string[] = [];
    let after: WaitingPlace | undefined;
    for (;;) {
      const [next] = await scheduled.list(asWorkspaceId("ws_1"), { limit: 1, after });
      if (!next) break;
      expect(Object.keys(next)).not.toContain("body");
      seen.push(next.eventId);
      after = { deliverAt: next.deliverAt, offset: next.position.offset };
    }
    expect(seen).toEqual(["soon", "tie-1", "tie-2", "late"]);
  });

  test("a page deep in it is read by index, with no sort and nothing looked at in vain", async () => {
    const many = Array.from({ length: 400 }, (_, n) => event(`w-${n}`, 1_000 + (n >> 1), { offset: n }));
    await scheduled.add(many);
    const plans = await recordPlans(store.db, SCHEDULED, () =>
      scheduled.list(asWorkspaceId("ws_1"), {
        limit: 10,
        after: { deliverAt: many[300]!.deliverAt, offset: 300 },
      }),
    );
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatchObject({ stages: ["IXSCAN"], isSorted: false, returned: 10 });
    expect(plans[0]!.keysExamined).toBeLessThanOrEqual(13);
  });
});
