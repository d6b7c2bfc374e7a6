import { EventEmitter } from "node:events";
import { expect, jest, test } from "@jest/globals";
import type { EachBatchPayload, Kafka } from "kafkajs";
import { silent } from "../testing/test-kafka.js";
import { GroupConsumer } from "./group-consumer.js";

jest.setTimeout(30_000);

const TOPIC = "t";
const EVENTS = {
  GROUP_JOIN: "join",
  REBALANCING: "rebalancing",
  CRASH: "crash",
  STOP: "stop",
  FETCH: "fetch",
};

/** What a service has for its whole stop, milliseconds. */
const STOP_LIMIT_MS = 9_500;

/** Stands in for kafkajs whose brokers fall silent after a join and one record: no call is answered any more. */
class SilentBrokers {
  readonly #emitter = new EventEmitter();
  #eachBatch: ((payload: EachBatchPayload) => Promise<void>) | undefined;
  commits = 0;

  readonly kafka = {
    consumer: () => ({
      events: EVENTS,
      on: (name: string, listener: (event: object) => void) => this.#emitter.on(name, listener),
      connect: () => Promise.resolve(),
      subscribe: () => Promise.resolve(),
      run: ({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }) => {
        this.#eachBatch = eachBatch;
        this.#emitter.emit(EVENTS.GROUP_JOIN, { payload: { memberAssignment: { [TOPIC]: [0] } } });
        return Promise.resolve();
      },
      pause: () => undefined,
      resume: () => undefined,
      commitOffsets: () => {
        this.commits++;
        return new Promise<void>(() => undefined);
      },
      disconnect: () => new Promise<void>(() => undefined),
    }),
  } as unknown as Kafka;

  async deliver(): Promise<void> {
    const message = { offset: "0", timestamp: "0", key: null, value: Buffer.from("x"), headers: {} };
    await this.#eachBatch?.({
      batch: {
        topic: TOPIC,
        partition: 0,
        highWatermark: "1",
        messages: [message],
        lastOffset: () => "0",
      },
      resolveOffset: () => undefined,
    } as unknown as EachBatchPayload);
  }
}

test("a consumer whose brokers do not answer any more closes in time, its last commit and its farewell given up", async () => {
  const brokers = new SilentBrokers();
  let handled = 0;
  const consumer = new GroupConsumer(
    { kafka: brokers.kafka, clientId: "test", logger: silent },
    {
      groupId: "g",
      topics: [TOPIC],
      commitIntervalMs: 3_600_000,
      handler: ({ records }) => {
        handled += records.length;
        return Promise.resolve();
      },
    },
  );
  consumer.start();
  while (!consumer.isReady) await new Promise((resolve) => setImmediate(resolve));
  await brokers.deliver();
  while (handled === 0) await new Promise((resolve) => setImmediate(resolve));
  const begun = performance.now();
  await consumer.close(2_000);
  expect(performance.now() - begun).toBeLessThan(STOP_LIMIT_MS - 2_000);
  expect(brokers.commits).toBe(1);
});
