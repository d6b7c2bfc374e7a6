import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import type { EachBatchPayload, Kafka } from "kafkajs";
import { silent } from "../testing/test-kafka.js";
import { SoloConsumer } from "./solo-consumer.js";

const TOPIC = "t";
const EVENTS = {
  GROUP_JOIN: "join",
  REBALANCING: "rebalancing",
  CRASH: "crash",
  STOP: "stop",
  FETCH_START: "fetch start",
  FETCH: "fetch",
};

/** Stands in for kafkajs: a consumer that has stopped throws whatever it is asked, as kafkajs does. */
class FakeKafka {
  readonly #emitter = new EventEmitter();
  readonly asked: string[] = [];
  isRunning = false;
  #eachBatch: ((payload: EachBatchPayload) => Promise<void>) | undefined;

  readonly kafka = {
    consumer: () => ({
      events: EVENTS,
      on: (name: string, listener: (event: object) => void) => this.#emitter.on(name, listener),
      connect: () => Promise.resolve(),
      subscribe: () => Promise.resolve(),
      run: ({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }) => {
        this.#eachBatch = eachBatch;
        return Promise.resolve();
      },
      disconnect: () => Promise.resolve(),
      pause: () => this.#ask("pause"),
      resume: () => this.#ask("resume"),
      seek: ({ offset }: { offset: string }) => this.#ask(`seek ${offset}`),
    }),
    admin: () => ({
      connect: () => Promise.resolve(),
      deleteGroups: () => Promise.resolve([]),
      disconnect: () => Promise.resolve(),
    }),
  } as unknown as Kafka;

  join(): void {
    this.isRunning = true;
    this.#emitter.emit(EVENTS.GROUP_JOIN, { payload: { memberAssignment: { [TOPIC]: [0] } } });
  }

  /** What kafkajs does first in a crash; it disconnects before it tells that it crashed. */
  stop(): void {
    this.isRunning = false;
    this.#emitter.emit(EVENTS.STOP, {});
  }

  startFetch(): void {
    this.#emitter.emit(EVENTS.FETCH_START, { payload: { nodeId: 1 } });
  }

  endFetch(): void {
    this.#emitter.emit(EVENTS.FETCH, { payload: { nodeId: 1 } });
  }

  /** Records from `offset` on, told apart by their values. */
  async hand(offset: number, values: readonly string[]): Promise<void> {
    const messages = values.map((value, index) => ({
      offset: String(offset + index),
      timestamp: "1000",
      key: null,
      value: Buffer.from(value),
      headers: {},
      attributes: 0,
    }));
    const lastOffset = () => String(offset + values.length - 1);
    const batch = { topic: TOPIC, partition: 0, highWatermark: "100", messages, lastOffset };
    await this.#eachBatch?.({
      batch,
      isStale: () => false,
      resolveOffset: () => undefined,
    } as unknown as EachBatchPayload);
  }

  /** Until the consumer runs. */
  async started(): Promise<void> {
    while (this.#eachBatch === undefined) await Promise.resolve();
  }

  #ask(what: string): void {
    if (!this.isRunning) throw new Error("Consumer group was not initialized");
    this.asked.push(what);
  }
}

describe("a consumer that crashes", () => {
  test("is asked nothing once it has stopped, and what was asked meanwhile holds when it has joined again", async () => {
    const fake = new FakeKafka();
    const consumer = new SoloConsumer(
      { kafka: fake.kafka, clientId: "test", logger: silent },
      { topic: TOPIC, groupId: "g", onRecords: () => undefined, onGap: () => undefined },
    );
    consumer.seek(0, 5);
    consumer.start();
    fake.join();
    consumer.pause(0);
    fake.stop();
    expect(consumer.isReady).toBe(false);
    expect(() => {
      consumer.resume(0);
      consumer.seek(0, 7);
      consumer.release(1);
    }).not.toThrow();
    fake.asked.length = 0;
    fake.join();
    expect(fake.asked).toEqual(["pause", "seek 7", "resume"]);
    await consumer.close();
  });
});

describe("a log that is another one by now", () => {
  async function open() {
    const fake = new FakeKafka();
    const taken: string[] = [];
    const gaps: number[][] = [];
    const consumer = new SoloConsumer(
      { kafka: fake.kafka, clientId: "test", logger: silent },
      {
        topic: TOPIC,
        groupId: "g",
        onRecords: (_, records) => taken.push(...records.map(({ value }) => String(value))),
        onGap: (...gap) => gaps.push(gap),
      },
    );
    consumer.start();
    await fake.started();
    fake.join();
    return { fake, consumer, taken, gaps };
  }

  test("is not read on after a rejoin: the record handed out last is compared first", async () => {
    const { fake, consumer, taken, gaps } = await open();
    consumer.seek(0, 5);
    await fake.hand(5, ["a", "b"]);
    expect(consumer.furthestRead(0)?.offset).toBe(6);
    fake.asked.length = 0;
    fake.join();
    expect(fake.asked).toEqual(["pause", "seek 6", "resume"]);
    await fake.hand(6, ["b", "c"]);
    expect(taken).toEqual(["a", "b", "c"]);
    fake.join();
    await fake.hand(7, ["another", "d"]);
    expect(taken).toEqual(["a", "b", "c"]);
    expect(gaps).toEqual([[0, 8, 7]]);
    await consumer.close();
  });

  test("is not read on after a fetch that failed: the record handed out last is compared first", async () => {
    const { fake, consumer, taken, gaps } = await open();
    consumer.seek(0, 5);
    fake.startFetch();
    await fake.hand(5, ["a", "b"]);
    fake.endFetch();
    fake.asked.length = 0;
    fake.startFetch();
    expect(fake.asked).toEqual([]);
    // It did not end: kafkajs has failed, and fetches again where it was.
    fake.startFetch();
    expect(fake.asked).toEqual(["seek 6", "resume"]);
    await fake.hand(6, ["another", "c"]);
    expect(taken).toEqual(["a", "b"]);
    expect(gaps).toEqual([[0, 7, 6]]);
    await consumer.close();
  });

  test("is not read on where a former reader came to: its furthest record is compared when it is read", async () => {
    const { fake, consumer, taken, gaps } = await open();
    consumer.seek(0, 5);
    await fake.hand(5, ["a", "b", "c"]);
    const furthest = consumer.furthestRead(0);
    consumer.release(0);
    consumer.seek(0, 5, furthest);
    await fake.hand(5, ["a"]);
    // Not where it is itself: what a checkpoint says of offsets up to there is about that log.
    expect(consumer.furthestRead(0)).toEqual(furthest);
    await fake.hand(6, ["another", "yet another", "d"]);
    expect(taken).toEqual(["a", "b", "c", "a"]);
    expect(gaps).toEqual([[0, 6, 7]]);
    await consumer.close();
  });

  test("is not read on where kafkajs has reset itself to its beginning, though it is longer already", async () => {
    const { fake, consumer, taken, gaps } = await open();
    consumer.seek(0, 2);
    await fake.hand(0, ["x", "y", "z"]);
    expect(taken).toEqual([]);
    expect(gaps).toEqual([[0, 2, 0]]);
    await consumer.close();
  });

  test("a record is recognised without being handed out, and nothing more is read", async () => {
    const { fake, consumer, taken } = await open();
    const identity = consumer.identityAt(0, 5, 5_000);
    expect(fake.asked).toEqual(["pause", "seek 5", "resume"]);
    await fake.hand(5, ["a", "b"]);
    expect(fake.asked.at(-1)).toBe("pause");
    consumer.seek(0, 5);
    await fake.hand(5, ["a"]);
    expect(await identity).toBe(consumer.furthestRead(0)?.identity);
    expect(taken).toEqual(["a"]);
    await consumer.close();
  });

  test("a record that is gone, or does not come in time, has no identity", async () => {
    const { fake, consumer } = await open();
    const gone = consumer.identityAt(0, 5, 5_000);
    await fake.hand(9, ["a"]);
    expect(await gone).toBeUndefined();
    expect(await consumer.identityAt(0, 5, 20)).toBeUndefined();
    expect(fake.asked.at(-1)).toBe("pause");
    await consumer.close();
  });
});
