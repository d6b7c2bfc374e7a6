import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { Producer } from "../producer/producer.js";
import { openTestKafka, until, type TestKafka } from "../testing/test-kafka.js";
import { SoloConsumer } from "./solo-consumer.js";

jest.setTimeout(60_000);

let stack: TestKafka;
let producer: Producer;
const PARTITIONS = 4;
const RECORDS = 300;

beforeAll(async () => {
  stack = await openTestKafka();
  producer = new Producer(stack.connection);
  await producer.sendAll(
    Array.from({ length: PARTITIONS * RECORDS }, (_, n) => ({
      topic: stack.topics.inbound,
      partition: n % PARTITIONS,
      key: "k",
      value: Buffer.alloc(1_024, String(Math.floor(n / PARTITIONS))),
    })),
  );
});
afterAll(async () => {
  await producer.close();
  await stack.close();
});

function open(name: string, topic: string = stack.topics.inbound, metadataMaxAgeMs = 60_000) {
  const seen = new Map<number, number[]>();
  const gaps: [number, number, number][] = [];
  let joins = 0;
  const consumer: SoloConsumer = new SoloConsumer(stack.connection, {
    topic,
    groupId: `${stack.prefix}.${name}`,
    metadataMaxAgeMs,
    onRecords: (partition, records) => {
      const offsets = seen.get(partition) ?? [];
      offsets.push(...records.map(({ offset }) => offset));
      seen.set(partition, offsets);
    },
    onGap: (...gap) => void gaps.push(gap),
    onJoined: () => {
      joins++;
    },
  });
  return { consumer, seen, gaps, joins: () => joins, of: (partition: number) => seen.get(partition) ?? [] };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("a consumer alone in its group", () => {
  test("reads nothing that was not sought, and what was sought from exactly that offset", async () => {
    const { consumer, of, seen } = open("seek");
    consumer.start();
    await until("it has joined", () => consumer.isReady);
    consumer.seek(2, 100);
    await until("the partition is read", () => of(2).length >= 200);
    expect(of(2)).toEqual(range(100, 300));
    expect([...seen.keys()]).toEqual([2]);
    consumer.seek(0, 0);
    await until("the other partition is read too", () => of(0).length >= RECORDS);
    expect(of(0)).toEqual(range(0, RECORDS));
    expect(consumer.highWatermark(0)).toBe(RECORDS);
    await consumer.close();
  });

  test("a seek back repeats from there; pause stops and resume goes on without a gap or a repeat", async () => {
    const { consumer, of } = open("back");
    consumer.seek(1, 250);
    consumer.start();
    await until("the end is read", () => of(1).length >= 50);
    consumer.seek(1, 290);
    await until("the repeat is read", () => of(1).length >= 60);
    expect(of(1)).toEqual([...range(250, 300), ...range(290, 300)]);
    consumer.pause(1);
    const topic = stack.topics.inbound;
    await producer.sendAll(range(0, 5).map(() => ({ topic, partition: 1, key: "k", value: "later" })));
    const { fetches } = consumer.stats;
    await until("it fetched on without the partition", () => consumer.stats.fetches > fetches + 2);
    expect(of(1)).toHaveLength(60);
    consumer.resume(1);
    await until("the rest is read", () => of(1).length >= 65);
    expect(of(1).slice(60)).toEqual(range(300, 305));
    await consumer.close();
  });

  test("pausing from within the intake is exact, however much was fetched already", async () => {
    const topic = `${stack.prefix}.intake`;
    await stack.createTopic(topic, 2);
    const value = Buffer.alloc(64 * 1024, "v");
    await producer.sendAll(range(0, 80).map((n) => ({ topic, partition: n % 2, key: "k", value })));
    const offsets: number[][] = [[], []];
    const consumer: SoloConsumer = new SoloConsumer(stack.connection, {
      topic,
      groupId: `${topic}.group`,
      onRecords: (partition, records) => {
        offsets[partition]!.push(...records.map(({ offset }) => offset));
        // A full partition also stops the other: a batch of it may be fetched already.
        consumer.pause(0);
        consumer.pause(1);
      },
      onGap: () => undefined,
    });
    consumer.seek(0, 0);
    consumer.seek(1, 0);
    consumer.start();
    await until("everything is read", () => {
      consumer.resume(0);
      consumer.resume(1);
      return offsets[0]!.length + offsets[1]!.length >= 80;
    });
    await consumer.close();
    expect(offsets[0]).toEqual(range(0, 40));
    expect(offsets[1]).toEqual(range(0, 40));
  });

  test("a released partition is silent until it is sought again", async () => {
    const { consumer, of } = open("release");
    consumer.seek(3, 0);
    consumer.start();
    await until("it is read", () => of(3).length >= RECORDS);
    consumer.release(3);
    consumer.resume(3);
    await producer.send({ topic: stack.topics.inbound, partition: 3, key: "k", value: "unread" });
    const { fetches } = consumer.stats;
    await until("it fetched on", () => consumer.stats.fetches > fetches + 1);
    expect(of(3)).toHaveLength(RECORDS);
    consumer.seek(3, RECORDS);
    await until("it is read again", () => of(3).length === RECORDS + 1);
    await consumer.close();
  });

  test("goes on where it was after a rejoin, which partitions added later cause", async () => {
    const topic = `${stack.prefix}.grows`;
    await stack.createTopic(topic, 1);
    const { consumer, of, joins } = open("grows", topic, 1_000);
    consumer.seek(0, 0);
    consumer.start();
    await producer.sendAll(range(0, 20).map(() => ({ topic, partition: 0, key: "k", value: "a" })));
    await until("the first are read", () => of(0).length >= 20);
    const admin = stack.connection.kafka.admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic, count: 2 }] });
    await admin.disconnect();
    await until("it has joined again", () => joins() >= 2);
    await producer.sendAll(range(0, 20).map(() => ({ topic, partition: 0, key: "k", value: "b" })));
    await until("the rest is read", () => of(0).length >= 40);
    expect(of(0)).toEqual(range(0, 40));
    await consumer.close();
  });

  test("says so when the log begins later than asked for, instead of resetting silently", async () => {
    const topic = `${stack.prefix}.cut`;
    await stack.createTopic(topic, 1);
    await producer.sendAll(range(0, 20).map(() => ({ topic, partition: 0, key: "k", value: "x" })));
    const admin = stack.connection.kafka.admin();
    await admin.connect();
    // kafkajs deletes records only of topics whose metadata it has loaded.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: "15" }] });
    await admin.disconnect();
    const { consumer, of, gaps } = open("cut", topic);
    consumer.seek(0, 3);
    consumer.start();
    await until("the gap is reported", () => gaps.length > 0);
    expect(gaps).toEqual([[0, 3, 15]]);
    expect(of(0)).toEqual([]);
    expect((await stack.admin.logBounds(topic))[0]).toEqual({ partition: 0, first: 15, end: 20 });
    consumer.seek(0, 15);
    consumer.resume(0);
    await until("the rest is read", () => of(0).length >= 5);
    expect(of(0)).toEqual(range(15, 20));
    await consumer.close();
  });

  test("recognises a record without reading the partition, as the one who read it did", async () => {
    const { consumer, of } = open("identity");
    const early = consumer.identityAt(0, 0, 30_000);
    consumer.start();
    expect(await early).toMatch(/^\d+:[0-9a-f]+$/);
    const identity = await consumer.identityAt(0, 123, 10_000);
    expect(identity).toMatch(/^\d+:[0-9a-f]+$/);
    expect(await consumer.identityAt(0, 124, 10_000)).not.toBe(identity);
    expect(await consumer.identityAt(0, 1_000_000, 2_000)).toBeUndefined();
    expect(of(0)).toEqual([]);
    consumer.seek(0, 123);
    await until("it is read", () => of(0).length >= RECORDS - 123);
    expect(of(0)[0]).toBe(123);
    await consumer.close();
  });

  test("leaves no group behind", async () => {
    const { consumer } = open("gone");
    consumer.start();
    await until("it has joined", () => consumer.isReady);
    await consumer.close();
    const admin = stack.connection.kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.map(({ groupId }) => groupId)).not.toContain(`${stack.prefix}.gone`);
  });
});
