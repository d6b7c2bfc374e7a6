import { eventually } from "@hooklane/testing";
import { expect, test } from "@jest/globals";
import { createMetrics, type Metrics } from "@hooklane/service";
import type { FormerLease, PartitionDocument } from "@hooklane/store";
import { createDispatcherMetrics } from "../metrics.js";
import { type OwnerParts, PartitionOwner } from "./partition-owner.js";

const FIRST: PartitionDocument = {
  _id: "deliveries.v1/0",
  v: 1,
  partition: 0,
  clusterId: "the one before",
  logEpoch: 3,
  epoch: 1,
  ver: 0,
  owner: null,
  released: true,
  renewedAt: new Date(0),
  former: null,
  committed: 50,
  done: new Uint8Array(0),
  sources: {},
  lanes: {},
  seen: null,
};

/** Everything around an owner answers at once. `stored` is the partition's document. */
function around(
  stored: { document: PartitionDocument; isLossNoted?: boolean },
  began: number[],
  metrics: Metrics = createMetrics("test", { processMetrics: false }),
): OwnerParts {
  const log = () => undefined;
  const begin = ({ logEpoch }: { readonly logEpoch: number }) => {
    began.push(logEpoch, stored.document.logEpoch);
    return {
      lanes: {
        next: 0,
        committed: 0,
        isDirty: false,
        pending: { inFlight: 0, counting: 0, unreported: 0 },
        checkpoint: () => ({ committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} }),
        markDirty: log,
      },
      isDiscarded: false,
      openRequests: 0,
      run: log,
      stop: log,
      discard: log,
      onStored: log,
      abortRequests: log,
    };
  };
  const parts = {
    me: "me",
    topic: "t",
    partitions: {
      ensure: () => Promise.resolve(),
      noteLogLost: () => {
        stored.isLossNoted = true;
        return Promise.resolve();
      },
      list: () =>
        Promise.resolve([
          {
            partition: 0,
            epoch: stored.document.epoch,
            isClaimable: stored.document.released,
            isTooNew: false,
          },
        ]),
      claim: (_: number, epoch: number) => {
        stored.document = { ...stored.document, epoch: epoch + 1, ver: 0, released: false };
        return Promise.resolve(stored.document);
      },
      save: (
        { ver }: { readonly ver: number },
        content: object,
        { release }: { readonly release: boolean },
      ) => {
        const { epoch, _id, partition, v, owner, renewedAt, former } = stored.document;
        stored.document = {
          ...stored.document,
          ...content,
          ...{ epoch, _id, partition, v, owner, renewedAt, former, ver: ver + 1, released: release },
        };
        return Promise.resolve({ kind: "stored", ver: ver + 1 });
      },
    },
    members: {
      beat: () => Promise.resolve(),
      leave: () => Promise.resolve(),
      countAlive: () => Promise.resolve(1),
    },
    admin: {
      partitionCount: () => Promise.resolve(1),
      clusterId: () => Promise.resolve("this one"),
      logBounds: () => Promise.resolve([{ partition: 0, first: 0, end: 100 }]),
    },
    consumer: {
      isReady: true,
      seek: log,
      release: log,
      identityAt: () => Promise.resolve(undefined),
      furthestRead: log,
    },
    trips: { look: () => Promise.resolve() },
    clock: { now: () => performance.now(), wallNow: () => Date.now() },
    metrics: createDispatcherMetrics(metrics),
    logger: { info: log, warn: log, error: log },
    createRunner: begin,
  };
  return parts as unknown as OwnerParts;
}

test("begins in a new log epoch only once that is stored: what it parks there is nobody else's", async () => {
  const stored: Parameters<typeof around>[0] = { document: FIRST };
  const began: number[] = [];
  const owner = new PartitionOwner(around(stored, began));
  await owner.start();
  await eventually(() => began.length > 0, { what: "the partition to be begun" });
  await owner.close();
  // The epoch it began in, and the stored one at that moment.
  expect(began.slice(0, 2)).toEqual([4, 4]);
  // A recovery owes what had no end by then.
  expect(stored.isLossNoted).toBe(true);
});

/** The metrics after a partition was taken over as the document says, and given back. */
async function metricsOf(document: PartitionDocument): Promise<string> {
  const metrics = createMetrics("test", { processMetrics: false });
  const began: number[] = [];
  const owner = new PartitionOwner(around({ document }, began, metrics));
  await owner.start();
  await eventually(() => began.length > 0, { what: "the partition to be begun" });
  await owner.close();
  return metrics.registry.metrics();
}

const SAME_LOG: PartitionDocument = { ...FIRST, clusterId: "this one" };
/** In these tests the database's clock shows 0 at the claim. */
const FORMER: FormerLease = { owner: "other", released: false, renewedAt: new Date(-20_000) };
const GAP = /^hooklane_partition_handover_gap_seconds_(sum|count)\{.*?after="(\w+)".*\} (.+)$/gm;

/** Sum and count by what went before. */
function gapsOf(text: string): Record<string, number> {
  return Object.fromEntries(
    [...text.matchAll(GAP)].map(([, what, after, value]) => [`${after} ${what}`, Number(value)]),
  );
}

test.each([
  ["the lease of a process that died", FORMER, "expiry"],
  [
    "a release in order, be it long ago: nobody worked on the partition",
    { ...FORMER, released: true },
    "release",
  ],
  ["what the process itself had and dropped", { ...FORMER, owner: "me" }, "reclaim"],
])("the handover gap runs from the last renewal, after %s", async (_, former, after) => {
  const gaps = gapsOf(await metricsOf({ ...SAME_LOG, former }));
  expect(gaps[`${after} count`]).toBe(1);
  expect(gaps[`${after} sum`]).toBeGreaterThanOrEqual(20);
  expect(gaps[`${after} sum`]).toBeLessThan(30);
  expect(Object.keys(gaps)).toHaveLength(2);
});

test("the first owner of a partition takes it over from nobody: no handover gap", async () => {
  expect(gapsOf(await metricsOf(SAME_LOG))).toEqual({});
});

test("a log alarm is counted by its kind, and a log in order counts nothing", async () => {
  const alarm = (kind: string, count: number) =>
    expect.stringMatching(new RegExp(`^hooklane_log_alarms_total\\{kind="${kind}",.*\\} ${count}$`, "m"));
  const replaced = await metricsOf(FIRST);
  expect(replaced).toEqual(alarm("log_replaced", 1));
  expect(replaced).toEqual(alarm("log_truncated", 0));
  expect(await metricsOf(SAME_LOG)).toEqual(alarm("log_replaced", 0));
});
