import { beforeEach, expect, test } from "@jest/globals";
import type { SoloConsumerStats } from "@hooklane/kafka";
import type { LaneCensus } from "@hooklane/lanes";
import { type Clock, createMetrics, type Metrics } from "@hooklane/service";
import { type ObservedPartition, toGaugeSource } from "./gauge-source.js";
import { observe } from "./gauges.js";

const IDLE: LaneCensus = {
  live: 0,
  retrying: 0,
  draining: 0,
  catching_up: 0,
  holding: 0,
  deferred: 0,
  overdue: 0,
};

let now: number;
let runners: ObservedPartition[];
let stats: SoloConsumerStats;
let metrics: Metrics;
/** How often the lanes of a partition were walked. */
let walks: number;

beforeEach(() => {
  now = 1_000;
  walks = 0;
  runners = [];
  stats = { fetches: 9, batches: 8, records: 7, bytes: 6, staleBatches: 3, gaps: 2, joins: 1 };
  metrics = createMetrics("test", { processMetrics: false });
  const pool = { inUse: 0, waiting: 0 };
  const clock: Clock = { now: () => now, wallNow: () => now };
  const source = toGaugeSource({
    clock,
    owner: {
      get runners() {
        return runners;
      },
    },
    publisher: { pending: 0 },
    failing: { size: { failing: 0, open: 0 } },
    sockets: () => ({ pools: { live: pool, drain: pool, retry: pool }, idle: 0 }),
    consumer: {
      highWatermark: () => 150,
      get stats() {
        return stats;
      },
    },
    queueBudgetBytes: 1_000_000,
  });
  observe(metrics, source);
});

function owned(
  partition: number,
  lanes: Partial<LaneCensus> = {},
  over: Partial<ObservedPartition> = {},
): ObservedPartition {
  return {
    partition,
    lanes: {
      next: 110,
      committed: 100,
      pending: { inFlight: 0, counting: 0, unreported: 0 },
      queued: { records: 0, bytes: 0 },
      census: () => {
        walks++;
        return { lanes: { ...IDLE, ...lanes }, oldestEnqueuedAt: undefined };
      },
    },
    lease: { leftMs: 14_000 },
    watermarkAgeMs: 2_500,
    lastWrittenAt: now - 4_000,
    isPaused: false,
    ...over,
  };
}

/** The samples of one metric: what stands between the braces, without the service, and the value. */
async function read(name: string): Promise<Record<string, number>> {
  const text = await metrics.registry.metrics();
  const samples = [...text.matchAll(new RegExp(`^hooklane_${name}\\{(.*?),?service="test"\\} (.+)$`, "gm"))];
  return Object.fromEntries(samples.map(([, labels = "", value]) => [labels, Number(value)]));
}

test("each owned partition has its lag and its lease, and none it has given away", async () => {
  runners = [owned(3), owned(5)];
  expect(await read("watermark_lag_records")).toEqual({ 'partition="3"': 10, 'partition="5"': 10 });
  expect(await read("watermark_lag_seconds")).toEqual({ 'partition="3"': 2.5, 'partition="5"': 2.5 });
  expect(await read("delivery_lag_records")).toEqual({ 'partition="3"': 50, 'partition="5"': 50 });
  expect(await read("delivery_lag_seconds")).toEqual({ 'partition="3"': 4, 'partition="5"': 4 });
  expect(await read("lease_left_seconds")).toEqual({ 'partition="3"': 14, 'partition="5"': 14 });
  runners = [owned(5)];
  for (const name of [
    "watermark_lag_records",
    "watermark_lag_seconds",
    "delivery_lag_records",
    "delivery_lag_seconds",
    "lease_left_seconds",
  ])
    expect(Object.keys(await read(name))).toEqual(['partition="5"']);
  runners = [];
  expect(await read("lease_left_seconds")).toEqual({});
  expect(await read("partitions_owned")).toEqual({ "": 0 });
});

test("what is read is not late when there is no more of it, and of a paused partition nobody knows", async () => {
  const lanes = { ...owned(0).lanes, next: 150 };
  runners = [
    owned(0, {}, { lanes }),
    owned(1, {}, { lanes, isPaused: true }),
    owned(2, {}, { lastWrittenAt: undefined }),
  ];
  expect(await read("delivery_lag_seconds")).toEqual({
    'partition="0"': 0,
    'partition="1"': 4,
    'partition="2"': 0,
  });
});

test("a lane is counted under one state, and its lateness beside", async () => {
  runners = [
    owned(0, { retrying: 2, live: 1, overdue: 1, holding: 1 }),
    owned(1, { retrying: 1, overdue: 1 }),
  ];
  const lanes = await read("lanes");
  expect(Object.values(lanes).reduce((sum, count) => sum + count)).toBe(4);
  expect(await read("retries_overdue")).toEqual({ "": 2 });
  expect(await read("lanes_waiting")).toEqual({ 'cause="holding"': 1, 'cause="deferred"': 0 });
});

test("one walk over the lanes does for a scrape, and the next scrape walks again", async () => {
  runners = [owned(0)];
  await metrics.registry.metrics();
  expect(walks).toBe(1);
  now += 1_000;
  await metrics.registry.metrics();
  expect(walks).toBe(2);
});

test("paused partitions are told beside the budget they are paused for", async () => {
  runners = [owned(0), owned(1, {}, { isPaused: true })];
  expect(await read("partitions_paused")).toEqual({ "": 1 });
  expect(await read("queue_budget_bytes")).toEqual({ "": 1_000_000 });
});

test("what the consumer counts by itself is shown as it stands, however often it is asked", async () => {
  await metrics.registry.metrics();
  expect(await read("consumer_stale_batches_total")).toEqual({ "": 3 });
  expect(await read("consumer_gaps_total")).toEqual({ "": 2 });
  expect(await read("consumer_joins_total")).toEqual({ "": 1 });
  stats = { ...stats, staleBatches: 4 };
  expect(await read("consumer_stale_batches_total")).toEqual({ "": 4 });
});
