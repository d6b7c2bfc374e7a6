import { randomUUID } from "node:crypto";
import {
  asContactId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryStatus,
  type LinePlace,
  type WebhookId,
} from "@hooklane/core";
import { readStackEnvironment, recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { DELIVERIES } from "../delivery-log/delivery-document.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { toDeliveryId } from "../event-log/delivery-id.js";
import { EventLog, EVENTS } from "../event-log/event-log.js";
import type { EventDocument, NewLoggedEvent, OwedTo } from "../event-log/logged-event.js";
import { PartitionRepository } from "../partitions/partition-repository.js";
import { openStore, type Store } from "../store.js";
import { OwedEvents } from "./owed-events.js";
import type { CollectCursor } from "./recovery.js";

const workspaceId = asWorkspaceId("ws_1");
const [webhookId, other] = [asWebhookId("wh_1"), asWebhookId("wh_2")];
const START = Date.UTC(2026, 0, 15, 10);
const knownSince = new Date(START - 1);
/** The webhook was plainly activated in its third generation, and recovers in its fifth. */
const task = { workspaceId, webhookId, generation: 5, owedSince: 3 };

let store: Store;
let owedEvents: OwedEvents;

beforeAll(async () => {
  store = await openStore({
    uri: readStackEnvironment().mongodbUri,
    database: `owed-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  owedEvents = new OwedEvents(store);
});

beforeEach(async () => {
  await store.db.collection(EVENTS).deleteMany({});
  await store.db.collection(DELIVERIES).deleteMany({});
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

interface Logged {
  readonly place: LinePlace;
  /** Milliseconds after the first; default: the offset. */
  readonly at?: number;
  readonly matched?: readonly OwedTo[];
  readonly owed?: readonly OwedTo[];
  readonly eventId?: string;
  readonly more?: Partial<NewLoggedEvent>;
}

const to = (generation: number, id: WebhookId = webhookId): OwedTo => ({ webhookId: id, generation });
const at = (offset: number, epoch = 0): LinePlace => ({ epoch, offset });
const deliveryOf = (id: string, offset: number, of = webhookId) =>
  toDeliveryId({ workspaceId, recordId: asRecordId(id), acceptedAt: START + offset }, of);

function toEvent(id: string, { place, at = place.offset, matched = [], more, ...rest }: Logged) {
  const event: NewLoggedEvent = {
    workspaceId,
    recordId: asRecordId(id),
    eventId: asEventId(rest.eventId ?? id),
    position: { partition: 0, ...place },
    type: "t",
    timestamp: "2026-01-15T10:00:00Z",
    source: "api",
    acceptedAt: new Date(START + at),
    status: "accepted",
    shownBody: new Uint8Array([123, 125]),
    decision: {
      matched: matched.map((match, ordinal) => ({
        ...match,
        version: 1,
        endpointId: asEndpointId("ep_1"),
        partition: 0,
        ordinal,
        deliveryId: deliveryOf(id, at, match.webhookId),
      })),
      unmatched: [],
    },
    ...(rest.owed && { owed: rest.owed }),
    expiresAt: new Date("2100-01-01T00:00:00Z"),
    ...more,
  };
  return event;
}

const log = (events: Readonly<Record<string, Logged>>) =>
  new EventLog(store).record(Object.entries(events).map(([id, event]) => toEvent(id, event)));

/** What the delivery log has of a record's delivery to the webhook. */
async function settle(id: string, offset: number, status: DeliveryStatus): Promise<void> {
  const _id = deliveryOf(id, offset);
  await store.db
    .collection<{ _id: string }>(DELIVERIES)
    .updateOne({ _id }, { $set: { workspaceId, webhookId, status } }, { upsert: true });
}

const list = async (after: LinePlace | undefined, before: LinePlace, limit = 100) =>
  (await owedEvents.list(task, { after, before }, limit)).map(({ recordId }) => recordId);

const noted = async () =>
  (
    await store.db
      .collection<EventDocument>(EVENTS)
      .find({ owed: { $exists: true } })
      .sort({ _id: 1 })
      .toArray()
  ).map(({ _id, owed }) => ({ id: _id.slice("ws_1:".length), owed }));

describe("what is owed to a webhook", () => {
  test("is listed by its place over epochs, whenever it was accepted, others' left out", async () => {
    await log({
      d: { place: at(1, 2), at: 1, owed: [to(4)] },
      a: { place: at(7), at: 9, owed: [to(4), to(2, other)] },
      others: { place: at(8), owed: [to(4, other)] },
      nobodys: { place: at(9), matched: [to(4)] },
      c: { place: at(3, 1), at: 5, owed: [to(4, other), to(4)] },
      b: { place: at(10), at: 2, owed: [to(4)] },
    });
    expect(await list(undefined, at(9, 9))).toEqual(["a", "b", "c", "d"]);
    const elsewhere = { ...task, workspaceId: asWorkspaceId("ws_2") };
    expect(await owedEvents.list(elsewhere, { after: undefined, before: at(9, 9) }, 100)).toEqual([]);
  });

  test("tells whom it is about, where the log knows it", async () => {
    await log({
      a: { place: at(1), owed: [to(4)], more: { contactId: asContactId("ct_1") } },
      b: { place: at(2), owed: [to(4)] },
    });
    const owed = await owedEvents.list(task, { after: undefined, before: at(9) }, 100);
    expect(owed.map(({ contactId }) => contactId)).toEqual(["ct_1", undefined]);
  });

  test("lies strictly between the two places, at most so many", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const places = [at(1), at(2), at(3), at(0, 1), at(1, 1), at(2, 1)];
    await log(Object.fromEntries(names.map((name, n) => [name, { place: places[n]!, owed: [to(4)] }])));
    expect(await list(at(1), at(2, 1))).toEqual(["b", "c", "d", "e"]);
    expect(await list(at(1), at(3))).toEqual(["b"]);
    expect(await list(at(3), at(1, 1))).toEqual(["d"]);
    expect(await list(at(2, 1), at(9, 3))).toEqual([]);
    expect(await list(at(5, 1), at(2))).toEqual([]);
    expect(await list(undefined, at(9, 9), 4)).toEqual(["a", "b", "c", "d"]);
    expect(await list(at(2), at(9, 9), 2)).toEqual(["c", "d"]);
  });

  test("tells generation, whether it would be the first delivery, and every status there is, of resends too", async () => {
    const dl = { resendOf: deliveryOf("skipped", 2) };
    await log({
      never: { place: at(1), owed: [to(4)] },
      skipped: { place: at(2), matched: [to(3)], owed: [to(3)] },
      "rs:1": { place: at(3), matched: [to(4)], eventId: "skipped", more: dl },
      "rs:2": { place: at(4), matched: [to(5)], eventId: "skipped", more: dl },
      "rs:other": { place: at(5), matched: [to(4, other)], eventId: "never", more: dl },
      skipped2: { place: at(6), matched: [to(3, other)], owed: [to(3)] },
    });
    await settle("skipped", 2, "skipped");
    await settle("rs:1", 3, "dead_letter");
    await settle("rs:2", 4, "pending");
    const found = await owedEvents.list(task, { after: undefined, before: at(9) }, 100);
    expect(
      found.map(({ recordId, generation, isFirst, statuses }) => ({
        recordId,
        generation,
        isFirst,
        statuses: [...statuses].sort(),
      })),
    ).toEqual([
      { recordId: "never", generation: 4, isFirst: true, statuses: [] },
      { recordId: "skipped", generation: 3, isFirst: false, statuses: ["dead_letter", "pending", "skipped"] },
      { recordId: "skipped2", generation: 3, isFirst: true, statuses: [] },
    ]);
    expect(found.map(({ deliveryId }) => deliveryId)).toEqual([
      deliveryOf("never", 1),
      deliveryOf("skipped", 2),
      deliveryOf("skipped2", 6),
    ]);
  });

  test("a resend of an older generation that has left the delivery log had its end there; one under way has not", async () => {
    const resent = (generation: number, eventId: string, offset: number): Logged => ({
      place: at(offset),
      matched: [to(generation)],
      eventId,
      more: { resendOf: deliveryOf(eventId, offset - 1) },
    });
    await log({
      forgotten: { place: at(1), owed: [to(3)] },
      "rs:forgotten": resent(4, "forgotten", 2),
      underway: { place: at(3), owed: [to(4)] },
      "rs:underway": resent(5, "underway", 4),
    });
    const found = await owedEvents.list(task, { after: undefined, before: at(9) }, 100);
    expect(found.map(({ recordId, statuses }) => [recordId, statuses])).toEqual([
      ["forgotten", ["delivered"]],
      ["underway", []],
    ]);
  });

  test("is counted behind a place, at most so many, without what a plain activation left behind", async () => {
    await log({
      before: { place: at(1), owed: [to(2)] },
      a: { place: at(2), owed: [to(3)] },
      b: { place: at(9), owed: [to(5)] },
      c: { place: at(0, 1), owed: [to(4), to(4, other)] },
      others: { place: at(1, 1), owed: [to(4, other)] },
    });
    expect(await owedEvents.count(task, undefined, 100)).toBe(3);
    expect(await owedEvents.count(task, at(2), 100)).toBe(2);
    expect(await owedEvents.count(task, at(0, 1), 100)).toBe(0);
    expect(await owedEvents.count(task, undefined, 2)).toBe(2);
  });
});

describe("the look at what was decided before a recovery", () => {
  const collect = (after?: CollectCursor, limit = 100, since = knownSince) =>
    owedEvents.collect(task, { knownSince: since, after, now: new Date() }, limit);

  test("notes what was skipped, once however often it is repeated, and counts what has no end", async () => {
    await log({
      skipped: { place: at(1), matched: [to(3)] },
      delivered: { place: at(2), matched: [to(3)] },
      dead: { place: at(3), matched: [to(4)] },
      cancelled: { place: at(4), matched: [to(4)] },
      retrying: { place: at(5), matched: [to(4)] },
      unknown: { place: at(6), matched: [to(4)] },
      both: { place: at(7), matched: [to(4, other), to(4)], owed: [to(9, other)] },
    });
    await settle("skipped", 1, "skipped");
    await settle("delivered", 2, "delivered");
    await settle("dead", 3, "dead_letter");
    await settle("cancelled", 4, "cancelled");
    await settle("retrying", 5, "retrying");
    await settle("both", 7, "skipped");
    const owed = [
      { id: "both", owed: [to(9, other), to(4)] },
      { id: "skipped", owed: [to(3)] },
    ];
    for (let times = 0; times < 3; times++) {
      expect(await collect()).toEqual({ open: 2, upTo: undefined });
      expect(await noted()).toEqual(owed);
    }
    await settle("retrying", 5, "skipped");
    await settle("unknown", 6, "delivered");
    expect(await collect()).toEqual({ open: 0, upTo: undefined });
    expect(await noted()).toEqual([owed[0], { id: "retrying", owed: [to(4)] }, owed[1]]);
  });

  test("leaves out other generations and webhooks, and notes neither tests nor resends, whose end it awaits", async () => {
    const resendOf = deliveryOf("x", 0);
    await log({
      before: { place: at(1), matched: [to(2)] },
      own: { place: at(2), matched: [to(5)] },
      others: { place: at(3), matched: [to(4, other)] },
      test: { place: at(4), matched: [to(4)], more: { isTest: true } },
      resend: { place: at(5), matched: [to(4)], more: { resendOf } },
      first: { place: at(6), matched: [to(4)], more: { resendOf, isFirst: true } },
    });
    expect(await collect()).toEqual({ open: 3, upTo: undefined });
    for (const [n, id] of ["test", "resend", "first"].entries()) await settle(id, 4 + n, "skipped");
    await settle("others", 3, "skipped");
    expect(await collect()).toEqual({ open: 0, upTo: undefined });
    expect(await noted()).toEqual([]);
  });

  test("goes on behind its cursor, misses and repeats nothing that was accepted at the same moment", async () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const moments = [1, 2, 2, 2, 2, 2, 3];
    await log(
      Object.fromEntries(
        names.map((name, n) => [name, { place: at(90 - n), at: moments[n]!, matched: [to(4)] }]),
      ),
    );
    for (const [n, name] of names.entries()) await settle(name, moments[n]!, "skipped");
    const parts: string[][] = [];
    let after: CollectCursor | undefined;
    let before: string[] = [];
    do {
      ({ upTo: after } = await collect(after, 3));
      const all = (await noted()).map(({ id }) => id);
      parts.push(all.filter((id) => !before.includes(id)));
      before = all;
    } while (after);
    expect(parts).toEqual([["a", "b", "c"], ["d", "e", "f"], ["g"]]);
  });

  test("takes for not sent what was accepted before its log was lost and has no end a while later", async () => {
    const partitions = new PartitionRepository(store);
    await partitions.ensure(2);
    await log({
      ended: { place: at(1), matched: [to(4)] },
      open: { place: at(2), matched: [to(4)] },
      unknown: { place: at(3), matched: [to(4)] },
    });
    await settle("ended", 1, "delivered");
    await settle("open", 2, "retrying");
    expect(await collect()).toEqual({ open: 2, upTo: undefined });
    await partitions.noteLogLost(0);
    // What was on its way may still have its end.
    expect(await collect()).toEqual({ open: 2, upTo: undefined });
    const later = { knownSince, after: undefined, now: new Date(Date.now() + 60_000) };
    expect(await owedEvents.collect(task, later, 100)).toEqual({ open: 0, upTo: undefined });
    expect((await noted()).map(({ id }) => id)).toEqual(["open", "unknown"]);
    // Accepted since: in the log that is there now.
    const before = { $set: { logLostAt: new Date(START) } };
    await store.db.collection("partitions").updateOne({ partition: 0 }, before);
    await store.db.collection(EVENTS).updateMany({}, { $unset: { owed: 1 } });
    expect(await owedEvents.collect(task, later, 100)).toEqual({ open: 2, upTo: undefined });
    await store.db.collection("partitions").deleteMany({});
  });

  test("does not wait for what was accepted before the delivery log knows anything", async () => {
    await log({ old: { place: at(1), matched: [to(4)] }, young: { place: at(2), matched: [to(4)] } });
    await settle("old", 1, "skipped");
    await settle("young", 2, "skipped");
    expect(await collect(undefined, 100, new Date(START + 2))).toEqual({ open: 0, upTo: undefined });
    expect(await noted()).toEqual([{ id: "young", owed: [to(4)] }]);
  });
});

describe("among many events", () => {
  const COUNT = 3_000;

  /** Every event goes to the other webhook, every hundredth to ours, every hundredth is owed to it. */
  async function logMany(): Promise<void> {
    const events = Array.from({ length: COUNT }, (_, n) => {
      const matched = [to(4, other), ...(n % 100 === 0 ? [to(4)] : [])];
      const owed = [to(4, other), ...(n % 100 === 50 ? [to(4)] : [])];
      return toEvent(`e${n}`, { place: at(n, Math.floor(n / 1_000)), at: n, matched, owed });
    });
    await new EventLog(store).record(events);
  }

  test("what is owed is found by its index, in order, and no other event looked at", async () => {
    await logMany();
    const plans = await recordPlans(store.db, EVENTS, async () => {
      await owedEvents.list(task, { after: undefined, before: at(0, 3) }, 100);
      await owedEvents.list(task, { after: at(500), before: at(1_500, 1) }, 100);
      await owedEvents.count(task, undefined, 10_001);
      await owedEvents.count(task, at(500), 10_001);
    });
    expect(plans.length).toBeGreaterThan(4);
    for (const plan of plans) {
      expect(plan).toMatchObject({ isSorted: false });
      expect(plan.stages).not.toContain("COLLSCAN");
      expect(plan.documentsExamined).toBeLessThanOrEqual(60);
      expect(plan.keysExamined).toBeLessThanOrEqual(100);
    }
    const own = plans.filter(({ summary }) => summary.includes("owed.webhookId"));
    expect(own.every(({ summary }) => summary.includes("position.offset"))).toBe(true);
    expect(own.length).toBeGreaterThanOrEqual(4);
  });

  test("what was decided is found by the webhook's index, read in its order part by part", async () => {
    await logMany();
    const plans = await recordPlans(store.db, EVENTS, async () => {
      const { upTo } = await owedEvents.collect(task, { knownSince, after: undefined, now: new Date() }, 10);
      await owedEvents.collect(task, { knownSince, after: upTo, now: new Date() }, 10);
    });
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toMatchObject({ stages: ["IXSCAN"], isSorted: false, returned: 10 });
      expect(plan.summary).toContain("decision.matched.webhookId");
      expect(plan.documentsExamined).toBeLessThanOrEqual(12);
    }
  });
});
