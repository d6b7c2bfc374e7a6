import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { KafkaAdmin } from "../admin.js";
import { createKafka, type KafkaClient } from "../connection.js";
import { SoloConsumer } from "../consumer/solo-consumer.js";
import type { KafkaLog } from "../log.js";
import { copyRecord, type ConsumedRecord } from "../record.js";
import { topicLayout, topicNames, type TopicNames } from "../topics.js";

/** The real broker of the test stack, with topics of one test file. */
export interface TestKafka {
  readonly prefix: string;
  readonly topics: TopicNames;
  readonly connection: KafkaClient;
  readonly admin: KafkaAdmin;
  createTopic(name: string, partitions: number): Promise<void>;
  close(): Promise<void>;
}

/** A logger that says nothing. */
export const silent: KafkaLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Opens the broker that `KAFKA_BROKERS` names and creates the topics under a prefix of their own. */
export async function openTestKafka(logger: KafkaLog = silent): Promise<TestKafka> {
  const brokers = process.env.KAFKA_BROKERS;
  if (!brokers) throw new Error("KAFKA_BROKERS is not set: run the tests with npm test");
  const prefix = `t${randomBytes(6).toString("hex")}`;
  const topics = topicNames(prefix);
  const connection = createKafka({ brokers: brokers.split(","), clientId: prefix, logger });
  const admin = new KafkaAdmin(connection);
  await admin.ensureTopics(topicLayout("local", topics));
  const extra: string[] = [];
  return {
    prefix,
    topics,
    connection,
    admin,
    createTopic: async (name, partitions) => {
      extra.push(name);
      const [spec] = topicLayout("local");
      if (spec) await admin.ensureTopics([{ ...spec, name, partitions }]);
    },
    close: async () => {
      await admin.deleteTopics([...(Object.values(topics) as string[]), ...extra]);
      await admin.close();
    },
  };
}

/** Polls until the condition holds; rejects naming it after `limitMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await sleep(20);
  }
}

/** Every record of a topic as of now, by partition and offset. */
export async function readAll(
  { connection, admin, prefix }: TestKafka,
  topic: string,
): Promise<ConsumedRecord[]> {
  const bounds = await admin.logBounds(topic);
  const expected = bounds.reduce((sum, { first, end }) => sum + end - first, 0);
  const records: ConsumedRecord[] = [];
  const consumer = new SoloConsumer(connection, {
    topic,
    groupId: `${prefix}.read-all.${randomBytes(4).toString("hex")}`,
    onRecords: (_partition, received) => void records.push(...received.map(copyRecord)),
    onGap: (partition) => {
      throw new Error(`A gap in partition ${partition}`);
    },
  });
  for (const { partition, first } of bounds) consumer.seek(partition, first);
  consumer.start();
  try {
    await until(`all ${expected} records of ${topic} are read`, () => records.length >= expected);
  } finally {
    await consumer.close();
  }
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
}
