import { expect, jest, test } from "@jest/globals";
import { type ConsumedRecord, KafkaError, type RecordPosition } from "@hooklane/kafka";
import { PartitionLanes, TrippedWebhooks } from "@hooklane/lanes";
import { createLogger, createMetrics } from "@hooklane/service";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { dispatcherConfig } from "../config.js";
import { createDispatcherMetrics } from "../metrics.js";
import { toLaneSettings } from "../partitions/lane-settings.js";
import type { PartitionRunner } from "../partitions/partition-runner.js";
import { DeliveryIntake } from "./intake.js";

const GARBAGE: ConsumedRecord = {
  topic: "deliveries.v1",
  partition: 0,
  offset: 0,
  timestampMs: 0,
  key: null,
  value: Buffer.from("?"),
  headers: {},
};

const NEWER: ConsumedRecord = {
  ...GARBAGE,
  value: Buffer.from("{}"),
  headers: { meta: Buffer.from(JSON.stringify({ v: 2, whatever: "it says" })) },
};

function newLanes(): PartitionLanes {
  return new PartitionLanes(
    { partition: 0, logEpoch: 0, isLogSeen: true },
    { committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} },
    toLaneSettings(
      dispatcherConfig.parse({
        KAFKA_BROKERS: "127.0.0.1:1",
        MONGODB_URI: "mongodb://127.0.0.1",
        SCHEMA_REGISTRY_URL: "http://127.0.0.1",
        HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
      }),
      1,
    ),
    {
      configuration: { webhook: () => undefined, isContactDeleted: () => false },
      tripped: new TrippedWebhooks(),
    },
    Infinity,
  );
}

test("an unreadable record the producer refuses is kept later, and the watermark goes on then", async () => {
  const lanes = newLanes();
  const answers: (KafkaError | RecordPosition)[] = [
    new KafkaError("queue_full", "full"),
    { partition: 0, offset: 0 },
  ];
  const kept = new Promise<void>((resolve) => {
    const runner: Pick<PartitionRunner, "partition" | "isDiscarded" | "run" | "onTakenIn"> = {
      partition: 0,
      isDiscarded: false,
      onTakenIn: () => undefined,
      run: (tell) => {
        tell(lanes, 0);
        if (lanes.committed > 0) resolve();
      },
    };
    const intake = new DeliveryIntake({
      runnerOf: () => runner as PartitionRunner,
      seek: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
      producer: {
        send: () => {
          const answer = answers.shift();
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer!);
        },
      },
      rejectedTopic: "rejected.v1",
      metrics: createDispatcherMetrics(createMetrics("test", { processMetrics: false })),
      logger: createLogger("test", "silent"),
      signal: new AbortController().signal,
    });
    intake.take(0, [GARBAGE]);
    expect(lanes.committed).toBe(0);
  });
  await kept;
  expect(answers).toEqual([]);
  expect(lanes.committed).toBe(1);
});

test("a partition waits in front of a record of a newer release: nothing of it is put aside, nothing behind it is taken", () => {
  jest.useFakeTimers();
  const stop = new AbortController();
  try {
    const lanes = newLanes();
    const calls: string[] = [];
    const runner: Pick<PartitionRunner, "partition" | "isPaused" | "run" | "onTakenIn"> = {
      partition: 0,
      isPaused: false,
      onTakenIn: () => undefined,
      run: (tell) => tell(lanes, 0),
    };
    const metrics = createMetrics("test", { processMetrics: false });
    const intake = new DeliveryIntake({
      runnerOf: () => runner as PartitionRunner,
      seek: (partition, offset) => calls.push(`seek ${partition}/${offset}`),
      pause: (partition) => calls.push(`pause ${partition}`),
      resume: (partition) => calls.push(`resume ${partition}`),
      producer: { send: () => Promise.reject(new Error("nothing is to be put aside")) },
      rejectedTopic: "rejected.v1",
      metrics: createDispatcherMetrics(metrics),
      logger: createLogger("test", "silent"),
      signal: stop.signal,
    });
    const behind = { ...GARBAGE, offset: 1 };
    intake.take(0, [NEWER, behind]);
    // Fetched before the pause.
    intake.take(0, [behind]);
    expect(calls).toEqual(["pause 0"]);
    expect([lanes.next, lanes.committed]).toEqual([0, 0]);
    jest.advanceTimersByTime(5_000);
    expect(calls.splice(0)).toEqual(["pause 0", "seek 0/0", "resume 0"]);
    intake.take(0, [NEWER, behind]);
    expect(calls.splice(0)).toEqual(["pause 0"]);
    stop.abort();
    jest.advanceTimersByTime(60_000);
    expect(calls).toEqual([]);
    expect([lanes.next, lanes.committed]).toEqual([0, 0]);
  } finally {
    stop.abort();
    jest.useRealTimers();
  }
});
