import { randomUUID } from "node:crypto";
import { asDeliveryId, asEventId, asRecordId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { readStackEnvironment, recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { toRecoveryId } from "./recovery-id.js";
import {
  type DecidedRecoveryEnd,
  type OwedRecord,
  RECOVERIES,
  type RecoveryDocument,
  RECOVERY_ENDS,
} from "./recovery.js";
import { RecoveryRepository } from "./recovery-repository.js";

const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_1");
const createdAt = new Date("2026-01-15T10:00:00Z");
const id = toRecoveryId(webhookId, 5);

let store: Store;
let recoveries: RecoveryRepository;

beforeAll(async () => {
  store = await openStore({
    uri: readStackEnvironment().mongodbUri,
    database: `recoveries-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  recoveries = new RecoveryRepository(store);
});

beforeEach(async () => {
  await store.db.collection(RECOVERIES).deleteMany({});
  await store.db.collection(RECOVERY_ENDS).deleteMany({});
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const create = (more: Partial<RecoveryDocument> = {}) =>
  runTransaction(store, (session) =>
    recoveries.create(
      {
        _id: id,
        workspaceId,
        webhookId,
        generation: 5,
        version: 9,
        owedSince: 3,
        status: "running",
        open: true,
        createdAt,
        isCollected: false,
        waitingFor: 0,
        ends: 0,
        sent: 0,
        ...more,
      },
      session,
    ),
  );

const find = async () => (await recoveries.find(workspaceId, id))!;
const place = (offset: number) => ({ partition: 1, epoch: 0, offset });

const entering = (n: number): OwedRecord => ({
  recordId: asRecordId(`e${n}`),
  eventId: asEventId(`e${n}`),
  type: "t",
  source: "api",
  deliveryId: asDeliveryId(`dl_${n}`),
  isFirst: true,
  place: { epoch: 0, offset: n },
  generation: 4,
  statuses: [],
});

describe("a recovery", () => {
  test("has one id for each time its webhook recovers, and is another workspace's for nobody", async () => {
    expect(toRecoveryId(webhookId, 5)).toMatch(/^job_[0-9a-f]{24}$/);
    expect(new Set([5, 6].map((generation) => toRecoveryId(webhookId, generation))).size).toBe(2);
    await create();
    expect(await recoveries.find(asWorkspaceId("ws_2"), id)).toBeUndefined();
    expect(await find()).toEqual({
      id,
      workspaceId,
      webhookId,
      generation: 5,
      version: 9,
      owedSince: 3,
      status: "running",
      createdAt,
      isCollected: false,
      waitingFor: 0,
      ends: 0,
      sent: 0,
    });
  });

  test("that is open is listed, the oldest first, by its index", async () => {
    await create({ _id: "job_young", createdAt: new Date(createdAt.getTime() + 1) });
    await create({ _id: "job_old" });
    await create({ _id: "job_ended" });
    await recoveries.finish("job_ended", "completed");
    expect(await recoveries.listOpen()).toEqual(["job_old", "job_young"]);
    const plans = await recordPlans(store.db, RECOVERIES, () => recoveries.listOpen());
    expect(plans).toMatchObject([{ stages: ["IXSCAN"], isSorted: false, returned: 2 }]);
  });

  test("is one process's until its lease has run out by the database's clock; then it is another's", async () => {
    await create();
    expect(await recoveries.claim(id, "one", 60_000)).toMatchObject({ id, generation: 5 });
    expect(await recoveries.claim(id, "two", 60_000)).toBeUndefined();
    // Who has it goes on, here with a lease that is over at once.
    expect(await recoveries.claim(id, "one", 0)).toBeDefined();
    expect(await recoveries.claim(id, "two", 60_000)).toMatchObject({ id });
    expect(await recoveries.claim(id, "one", 60_000)).toBeUndefined();
  });

  test("of several that want it at once one gets it", async () => {
    await create();
    const owners = Array.from({ length: 8 }, (_, n) => `hm_${n}`);
    const claims = await Promise.all(owners.map((owner) => recoveries.claim(id, owner, 60_000)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  test("an owner whose name looks like an expression is a name", async () => {
    await create();
    expect(await recoveries.claim(id, "$status", 60_000)).toBeDefined();
    expect(await recoveries.advance(id, "$status", { waitingFor: 3 })).toBe(true);
  });

  test("advances by its owner only; what is not named stays", async () => {
    await create();
    await recoveries.claim(id, "one", 0);
    const sentThrough = { epoch: 0, offset: 7 };
    expect(await recoveries.advance(id, "one", { sentThrough, sent: 3, unrouted: asRecordId("rs:1") })).toBe(
      true,
    );
    expect(await find()).toMatchObject({ sentThrough, sent: 3, unrouted: "rs:1" });
    const routedThrough = { epoch: 0, offset: 90 };
    expect(await recoveries.advance(id, "one", { routedThrough, unrouted: null })).toBe(true);
    expect(await find()).toMatchObject({ sentThrough, routedThrough, sent: 3 });
    expect(await find()).not.toHaveProperty("unrouted");

    await recoveries.claim(id, "two", 60_000);
    expect(await recoveries.advance(id, "one", { sentThrough: { epoch: 0, offset: 1 }, sent: 9 })).toBe(
      false,
    );
    await recoveries.noteEnding(id, "one", 1);
    expect(await find()).toMatchObject({ sentThrough, sent: 3, ends: 0 });
  });

  test("began where the router saw it first", async () => {
    await create();
    await recoveries.noteBegun(id, place(12));
    await recoveries.noteBegun(id, place(40));
    await recoveries.noteBegun("job_unknown", place(1));
    expect(await find()).toMatchObject({ begunAt: { epoch: 0, offset: 12 } });
    await store.db.collection(RECOVERIES).deleteMany({});
    await create();
    await Promise.all([1, 2, 3, 4].map((offset) => recoveries.noteBegun(id, place(offset))));
    const { begunAt } = await find();
    await recoveries.noteBegun(id, place(5));
    expect((await find()).begunAt).toEqual(begunAt);
  });

  test("ends once, and is nobody's then", async () => {
    await create();
    await recoveries.claim(id, "one", 60_000);
    const finished = await Promise.all([
      recoveries.finish(id, "completed"),
      recoveries.finish(id, "cancelled"),
    ]);
    expect([...finished].sort()).toEqual([false, true]);
    const { status, finishedAt } = await find();
    expect(await recoveries.finish(id, "completed")).toBe(false);
    expect(await find()).toMatchObject({ status, finishedAt });
    expect(await recoveries.claim(id, "one", 60_000)).toBeUndefined();
    expect(await recoveries.listOpen()).toEqual([]);
  });
});

describe("the end of a recovery", () => {
  const recordId = asRecordId(`end:${id}:1`);
  const decided = (offset: number, more: Partial<DecidedRecoveryEnd> = {}): DecidedRecoveryEnd => ({
    position: place(offset),
    kind: "enter",
    entering: [entering(1), entering(2)],
    ...more,
  });

  test("is decided once, whoever stores it first, and each is told what counts", async () => {
    expect(await recoveries.findEnd(recordId)).toBeUndefined();
    const answers = await Promise.all(
      [10, 20, 30, 40].map((offset) => recoveries.storeEnd(recordId, decided(offset), new Date())),
    );
    const stored = await recoveries.findEnd(recordId);
    expect([10, 20, 30, 40]).toContain(stored?.position.offset);
    for (const { position } of answers) expect(position).toEqual(stored?.position);
    expect(stored).toMatchObject({ kind: "enter", entering: [entering(1), entering(2)] });
    const late = await recoveries.storeEnd(recordId, decided(50, { kind: "over", entering: [] }), new Date());
    expect(late).toMatchObject({ position: stored?.position, kind: "enter" });
  });

  test("is told once: a repetition counts nothing twice, one of an earlier end changes nothing", async () => {
    await create();
    await recoveries.claim(id, "one", 60_000);
    await recoveries.noteEnding(id, "one", 1);
    await recoveries.noteEnding(id, "one", 1);
    expect(await find()).toMatchObject({ ends: 1 });
    const tooMuch = decided(10, { kind: "too_much", entering: [] });
    await recoveries.noteEnd(id, 1, tooMuch);
    expect(await find()).toMatchObject({
      ends: 1,
      lastEnd: "too_much",
      routedThrough: { epoch: 0, offset: 10 },
    });

    await recoveries.noteEnding(id, "one", 2);
    expect(await find()).toMatchObject({ ends: 2 });
    expect(await find()).not.toHaveProperty("lastEnd");
    // The owner of the partition before, late.
    await recoveries.noteEnd(id, 1, tooMuch);
    expect(await find()).not.toHaveProperty("lastEnd");
    for (let times = 0; times < 3; times++) await recoveries.noteEnd(id, 2, decided(30));
    await recoveries.noteEnd(id, 1, tooMuch);
    expect(await find()).toMatchObject({
      ends: 2,
      lastEnd: "enter",
      sent: 2,
      routedThrough: { epoch: 0, offset: 30 },
    });
  });
});
