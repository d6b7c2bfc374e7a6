import { randomUUID } from "node:crypto";
import type { DeliveryResult } from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { DeliveryRollups, type PlacedResults } from "./delivery-rollups.js";
import { percentileOfBins } from "./duration-bins.js";
import { planBuckets, type RollupRange } from "./rollup-range.js";
import { RollupReader, type RequestSeries } from "./rollup-reader.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Half past, on a day long ago or to come: nothing here looks at the clock. */
const NOW = Date.parse("2099-03-04T15:30:00Z");

let store: Store;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI ?? "",
    database: `rollups-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const newPlace = () => ({
  workspaceId: asWorkspaceId(`ws_${randomUUID()}`),
  webhookId: asWebhookId(`wh_${randomUUID()}`),
  line: `attempts.v1/${randomUUID()}`,
});

interface Request {
  readonly minutesAgo: number;
  readonly webhookId: ReturnType<typeof newPlace>["webhookId"];
  readonly statusCode?: number;
  readonly durationMs?: number;
}

function toResult({ minutesAgo, webhookId, statusCode = 200, durationMs = 10 }: Request): DeliveryResult {
  const startedAt = NOW - minutesAgo * MINUTE_MS;
  const id = randomUUID();
  const failed = statusCode !== 200;
  return {
    kind: "attempt",
    webhookId,
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [{ id: asDeliveryId(id), eventId: asEventId(id), type: "t", acceptedAt: startedAt }],
    number: 1,
    trigger: "automatic",
    epoch: 1,
    startedAt,
    durationMs,
    statusCode,
    ...(failed && { error: "status" }),
    next: failed ? { kind: "dead_letter", reason: "gone" } : { kind: "delivered" },
  };
}

const toRecord = (
  { workspaceId }: Pick<ReturnType<typeof newPlace>, "workspaceId">,
  offset: number,
  results: readonly DeliveryResult[],
  timestampMs = NOW + offset,
): PlacedResults => ({ workspaceId, retentionDays: 36_500, offset, timestampMs, results });

/** As many records of one request each as there are offsets. */
const records = (place: ReturnType<typeof newPlace>, from: number, to: number): PlacedResults[] =>
  Array.from({ length: to - from }, (_, index) =>
    toRecord(place, from + index, [toResult({ minutesAgo: 1, webhookId: place.webhookId })]),
  );

const plan = (range: RollupRange = "1h") => planBuckets(range, new Date(NOW));
const readAll = ({ workspaceId }: Pick<ReturnType<typeof newPlace>, "workspaceId">, range?: RollupRange) =>
  new RollupReader(store).readSeries(workspaceId, workspaceId, plan(range));
const total = ({ buckets }: RequestSeries) =>
  [...buckets.values()].reduce((sum, { delivered, failed }) => sum + delivered + failed, 0);

test("each record is counted once: read again in other batches, by another process, or by two at once", async () => {
  const place = newPlace();
  const first = new DeliveryRollups(store);
  first.add(place.line, records(place, 0, 10));
  first.add(place.line, records(place, 5, 10));
  await first.flush();
  expect(total(await readAll(place))).toBe(10);
  const [one, other] = [new DeliveryRollups(store), new DeliveryRollups(store)];
  one.add(place.line, records(place, 8, 20));
  other.add(place.line, records(place, 3, 25));
  await Promise.all([one.flush(), other.flush(), one.flush()]);
  expect(total(await readAll(place))).toBe(25);
});

test("records of a log that took another's place begin below the mark, and are counted", async () => {
  const place = newPlace();
  const rollups = new DeliveryRollups(store);
  rollups.add(place.line, records(place, 100, 110));
  await rollups.flush();
  const replaced = records(place, 0, 5).map((record) => ({
    ...record,
    timestampMs: NOW + HOUR_MS + record.offset,
  }));
  for (let read = 0; read < 2; read++) {
    rollups.add(place.line, replaced);
    await rollups.flush();
  }
  expect(total(await readAll(place))).toBe(15);
});

test("what could not be counted waits for the next time", async () => {
  const place = newPlace();
  let isAway = true;
  const severed: Store = {
    ...store,
    get db() {
      if (isAway) throw new Error("the database is away");
      return store.db;
    },
  };
  const rollups = new DeliveryRollups(severed);
  rollups.add(place.line, records(place, 0, 3));
  await expect(rollups.flush()).rejects.toThrow("away");
  isAway = false;
  await rollups.flush();
  await rollups.flush();
  expect(total(await readAll(place))).toBe(3);
});

test("by range, bucket and webhook: counts, reasons, durations, dead letters, and nothing of another workspace", async () => {
  const place = newPlace();
  const slow = asWebhookId(`wh_${randomUUID()}`);
  const { webhookId, workspaceId } = place;
  const results = [
    { minutesAgo: 2, webhookId },
    { minutesAgo: 2, webhookId, statusCode: 503 },
    { minutesAgo: 50, webhookId, statusCode: 500 },
    { minutesAgo: 50, webhookId, statusCode: 500 },
    { minutesAgo: 70, webhookId: slow, durationMs: 3_000 },
    { minutesAgo: 10, webhookId: slow, durationMs: 2_000 },
    { minutesAgo: 3 * 24 * 60, webhookId },
  ].map(toResult);
  const rollups = new DeliveryRollups(store);
  rollups.add(place.line, [toRecord(place, 0, results)]);
  const elsewhere = newPlace();
  rollups.add(elsewhere.line, records(elsewhere, 0, 1));
  await rollups.flush();
  const hour = await readAll(place);
  expect(plan().starts).toHaveLength(12);
  const at = NOW - 5 * MINUTE_MS;
  expect(hour.buckets.get(at)).toMatchObject({ delivered: 1, failed: 1, deadLetters: 1 });
  expect(total(hour)).toBe(5);
  expect(hour.reasons).toEqual([
    { error: "status", statusCode: 500, count: 2 },
    { error: "status", statusCode: 503, count: 1 },
  ]);
  expect([total(await readAll(place, "24h")), total(await readAll(place, "7d"))]).toEqual([6, 7]);
  const reader = new RollupReader(store);
  const own = await reader.readSeries(workspaceId, slow, plan("24h"));
  expect(total(own)).toBe(2);
  const { durations } = own.buckets.get(Date.parse("2099-03-04T15:00:00Z"))!;
  expect(Math.abs(percentileOfBins(durations, 0.95)! - 2_000)).toBeLessThan(500);
  expect(total(await reader.readSeries(elsewhere.workspaceId, slow, plan("24h")))).toBe(0);
  const { failing, slowest, from } = await reader.readNotable(workspaceId, plan("24h"));
  expect(failing.map((sums) => [sums.webhookId, sums.failed])).toEqual([[webhookId, 3]]);
  expect(slowest[0]?.webhookId).toBe(slow);
  expect(from).toEqual(new Date(plan("24h").starts[0]!));
});

test("with more webhooks than are read, those of the newest hours", async () => {
  const { workspaceId, line } = newPlace();
  const results = Array.from({ length: 10 }, (_, index) =>
    toResult({ minutesAgo: 60 * index, webhookId: asWebhookId(`wh_${randomUUID()}`), statusCode: 500 }),
  );
  const rollups = new DeliveryRollups(store);
  rollups.add(line, [toRecord({ workspaceId }, 0, results)]);
  await rollups.flush();
  // Of each hour one of the webhook's and one of the workspace's.
  const { failing, from } = await new RollupReader(store, 6).readNotable(workspaceId, plan("24h"));
  expect(from).toEqual(new Date("2099-03-04T13:00:00Z"));
  expect(failing).toHaveLength(3);
});

test("an answer is read by the keys of hours, or by the index of a workspace's", async () => {
  const { workspaceId } = newPlace();
  const explained = await store.db
    .collection("deliveryRollups")
    .find({ workspaceId, webhookId: { $exists: true }, hour: { $gte: new Date(NOW) } })
    .explain("queryPlanner");
  expect(JSON.stringify(explained)).toContain('"indexName":"newest_hours"');
});
