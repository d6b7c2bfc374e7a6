import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import kafkajs from "kafkajs";
import type { KafkaConnection } from "./connection.js";
import { GroupConsumer } from "./consumer/group-consumer.js";
import { SoloConsumer } from "./consumer/solo-consumer.js";
import { Producer } from "./producer/producer.js";
import { openTestKafka, readAll, silent, until, type TestKafka } from "./testing/test-kafka.js";

jest.setTimeout(120_000);

let stack: TestKafka;
beforeAll(async () => {
  stack = await openTestKafka();
});
afterAll(async () => {
  await stack.close();
});

/** A way to the broker that can be cut: what is on the wire is lost, whether the broker acted on it or not. */
function openBreakable(): { connection: KafkaConnection; cut: () => void; broken: () => number } {
  let broken = 0;
  const sockets = new Set<Socket>();
  const kafka = new kafkajs.Kafka({
    brokers: process.env.KAFKA_BROKERS!.split(","),
    clientId: "breakable",
    logCreator: () => () => undefined,
    requestTimeout: 10_000,
    retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 500, factor: 0.2, multiplier: 2 },
    socketFactory: ({ host, port, onConnect }) => {
      const socket = connect({ host, port }, onConnect);
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      return socket;
    },
  });
  return {
    connection: { kafka, clientId: "breakable", logger: silent },
    // As a reset by the peer: kafkajs does not notice a socket that is merely closed on this side.
    cut: () => {
      broken += sockets.size;
      for (const socket of sockets) socket.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    },
    broken: () => broken,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("connections that break again and again", () => {
  test("lose no record, change no order and leave no copy behind a producer", async () => {
    const { connection, cut, broken } = openBreakable();
    const producer = new Producer(connection);
    const topic = stack.topics.deliveries;
    const sending: Promise<{ partition: number; offset: number }>[] = [];
    for (let n = 0; broken() < 10 || n % 8 !== 0; n++) {
      sending.push(producer.send({ topic, partition: n % 8, key: "k", value: String(n) }));
      if (n % 10 === 0) await pause(2);
      // Not in step with the sends, so that cuts meet requests before and after the broker acted on them.
      if (n % 83 === 82) setImmediate(cut);
    }
    const positions = await Promise.all(sending);
    await producer.close();
    const records = await readAll(stack, topic);
    const lines = Array.from({ length: 8 }, (_, partition) =>
      records.filter((record) => record.partition === partition).map(({ value }) => Number(value)),
    );
    for (const [partition, numbers] of lines.entries()) {
      expect(numbers).toEqual(Array.from({ length: sending.length / 8 }, (_, i) => i * 8 + partition));
    }
    expect(positions).toEqual(positions.map((_, n) => ({ partition: n % 8, offset: Math.floor(n / 8) })));
  });

  test("lose no record of a group, and a consumer alone goes on without a gap or a repeat", async () => {
    const topic = `${stack.prefix}.breaks`;
    await stack.createTopic(topic, 2);
    const { connection, cut } = openBreakable();
    const grouped = new Map<number, number[]>([0, 1].map((partition) => [partition, []]));
    const group = new GroupConsumer(connection, {
      groupId: `${topic}.group`,
      topics: [topic],
      handler: ({ partition, records }) => {
        grouped.get(partition)!.push(...records.map(({ offset }) => offset));
        return Promise.resolve();
      },
    });
    const alone: number[][] = [[], []];
    const gaps: unknown[] = [];
    const solo = new SoloConsumer(connection, {
      topic,
      groupId: `${topic}.solo`,
      onRecords: (partition, records) => alone[partition]!.push(...records.map(({ offset }) => offset)),
      onGap: (...gap) => gaps.push(gap),
    });
    solo.seek(0, 0);
    solo.seek(1, 0);
    group.start();
    solo.start();
    await until("both have joined", () => group.isReady && solo.isReady);
    const producer = new Producer(stack.connection);
    for (let round = 0; round < 200; round++) {
      await producer.sendAll(
        [0, 1].map((partition) => ({ topic, partition, key: "k", value: String(round) })),
      );
      if (round % 60 === 30) cut();
      await pause(5);
    }
    await producer.close();
    await until("everything is read", () =>
      [...grouped.values(), ...alone].every((offsets) => new Set(offsets).size === 200),
    );
    await Promise.all([group.close(), solo.close()]);
    const all = Array.from({ length: 200 }, (_, n) => n);
    expect(alone).toEqual([all, all]);
    expect(gaps).toEqual([]);
    for (const offsets of grouped.values()) expect([...new Set(offsets)]).toEqual(all);
  });
});
