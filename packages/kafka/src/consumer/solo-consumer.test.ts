import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import type { Kafka } from "kafkajs";
import { silent } from "../testing/test-kafka.js";
import { SoloConsumer } from "./solo-consumer.js";

const TOPIC = "t";
const EVENTS = {
  GROUP_JOIN: "join",
  REBALANCING: "rebalancing",
  CRASH: "crash",
  STOP: "stop",
  FETCH: "fetch",
};

/** Stands in for kafkajs: a consumer that has stopped throws whatever it is asked, as kafkajs does. */
class FakeKafka {
  readonly #emitter = new EventEmitter();
  readonly asked: string[] = [];
  isRunning = false;

  readonly kafka = {
    consumer: () => ({
      events: EVENTS,
      on: (name: string, listener: (event: object) => void) => this.#emitter.on(name, listener),
      connect: () => Promise.resolve(),
      subscribe: () => Promise.resolve(),
      run: () => Promise.resolve(),
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
