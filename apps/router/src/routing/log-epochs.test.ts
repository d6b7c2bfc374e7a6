import { encodeEvent } from "@hooklane/contracts";
import { asEventId, asRecordId } from "@hooklane/core";
import { type ConsumedRecord, type PartitionBatch, recordIdentity } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import type { EventPartition } from "@hooklane/store";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { workspaceId } from "../testing/test-configuration.js";
import { LogEpochs } from "./log-epochs.js";

let stored: EventPartition | undefined;
let clusterId: string;
/** Places the event log has, as `<id>@<epoch>/<offset>`. */
let logged: Set<string>;
let replaced: number;
let now: number;

beforeEach(() => {
  stored = undefined;
  clusterId = "one";
  logged = new Set();
  [replaced, now] = [0, 0];
});

/** As a router that starts: it remembers nothing. */
const newRouter = () =>
  new LogEpochs({
    partitions: {
      open: (_, id) => Promise.resolve((stored ??= { clusterId: id, epoch: 0, seen: null })),
      replace: (_, epoch, id) => {
        if (stored?.epoch === epoch) stored = { clusterId: id, epoch: epoch + 1, seen: null };
        return Promise.resolve();
      },
      noteRouted: (_, epoch, seen) => {
        if (stored?.epoch === epoch) stored = { ...stored, seen };
        return Promise.resolve();
      },
    },
    log: {
      holdsAny: (records) =>
        Promise.resolve(
          records.some(({ recordId, position }) =>
            logged.has(`${recordId}@${position.epoch}/${position.offset}`),
          ),
        ),
    },
    readClusterId: () => Promise.resolve(clusterId),
    onReplaced: () => replaced++,
    logger: createLogger("test", "silent"),
    now: () => now,
  });

function record(id: string, offset: number): ConsumedRecord {
  const meta = {
    kind: "event" as const,
    workspaceId,
    recordId: asRecordId(id),
    eventId: asEventId(id),
    type: "t",
    source: "api" as const,
    acceptedAt: 1,
  };
  const { value, headers } = encodeEvent("events", 0, meta, Buffer.from("{}"));
  return {
    topic: "events",
    partition: 0,
    offset,
    timestampMs: 0,
    key: null,
    value: Buffer.from(value ?? []),
    headers: { meta: Buffer.from(headers?.meta ?? "") },
  };
}

const batchOf = (...records: readonly ConsumedRecord[]): PartitionBatch => ({
  topic: "events",
  partition: 0,
  records,
});
const log = (name: string, from: number, to: number) =>
  batchOf(...Array.from({ length: to - from }, (_, n) => record(`${name}-${from + n}`, from + n)));

/** A router takes the partition and routes a batch. @returns the epoch it did so in */
async function route(batch: PartitionBatch, router = newRouter(), owned = new AbortController().signal) {
  const epoch = await router.epochOf(batch, owned);
  for (const { offset } of batch.records) {
    logged.add(`${idOf(batch, offset)}@${epoch}/${offset}`);
  }
  now += 2_000;
  router.noteRouted(batch, owned);
  return epoch;
}

const idOf = (batch: PartitionBatch, offset: number) => {
  const header = batch.records.find((each) => each.offset === offset)?.headers.meta;
  return (JSON.parse(String(header)) as { recordId: string }).recordId;
};

describe("a partition of events.v1 that is taken", () => {
  test("goes on in its epoch: behind what was routed, at it after a crash, and before it after a rewinding", async () => {
    expect(await route(log("a", 0, 10))).toBe(0);
    expect(stored?.seen).toEqual([9, recordIdentity(record("a-9", 9))]);
    expect(await route(log("a", 10, 20))).toBe(0);
    expect(await route(log("a", 15, 25))).toBe(0);
    expect(await route(log("a", 0, 5))).toBe(0);
    expect(replaced).toBe(0);
  });

  test("has the next epoch on another cluster, however long its log is", async () => {
    await route(log("a", 0, 10));
    clusterId = "two";
    expect(await route(log("b", 50, 60))).toBe(1);
    expect(stored).toMatchObject({ clusterId: "two", epoch: 1 });
    expect(await route(log("b", 60, 70))).toBe(1);
    expect(replaced).toBe(1);
  });

  test("has the next epoch when the topic was made anew, with other records in the places of the former ones", async () => {
    await route(log("a", 0, 10));
    expect(await route(log("b", 0, 20))).toBe(1);
    await route(log("b", 20, 30));
    // Its first batch ends before the place that was seen: the event log tells.
    expect(await route(log("c", 0, 5))).toBe(2);
    expect(replaced).toBe(2);
  });

  test("has the next epoch when the same events were sent to another log", async () => {
    await route(log("a", 0, 10));
    const shifted = batchOf(record("a-1", 0), record("a-2", 1), record("a-3", 2));
    expect(await route(shifted)).toBe(1);
  });

  test("is raised once by two routers that find it at the same time", async () => {
    await route(log("a", 0, 10));
    clusterId = "two";
    const [one, other] = [newRouter(), newRouter()];
    const batch = log("b", 0, 5);
    const signals = [new AbortController().signal, new AbortController().signal] as const;
    expect(await Promise.all([one.epochOf(batch, signals[0]), other.epochOf(batch, signals[1])])).toEqual([
      1, 1,
    ]);
    expect(stored?.epoch).toBe(1);
  });

  test("is looked at once as long as it is owned", async () => {
    const router = newRouter();
    const owned = new AbortController().signal;
    await route(log("a", 0, 10), router, owned);
    clusterId = "two";
    expect(await route(log("a", 10, 20), router, owned)).toBe(0);
  });
});
