import { recordIdentity } from "@hooklane/kafka";
import { eventually, type Services, type ServicesPlace, testKafka } from "@hooklane/testing";
import type { Kafka } from "kafkajs";
import mongoose from "mongoose";

const { EJSON } = mongoose.mongo.BSON;

/** A record as text: everything in our topics is UTF-8. */
interface KeptRecord {
  readonly timestamp: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What Kafka and MongoDB hold of an installation. Names of this installation stand as `{{prefix}}`, … in it. */
export interface Installation {
  /** When it was taken, milliseconds since 1970. */
  readonly takenAt: number;
  /** By topic without its prefix, partition and offset: each log begins at 0. */
  readonly records: Readonly<Record<string, readonly (readonly KeptRecord[])[]>>;
  /** By group and topic, both without prefix: the offset of each partition a service goes on from. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** By collection: documents as canonical extended JSON. */
  readonly documents: Readonly<Record<string, readonly unknown[]>>;
}

/** What stands where names differ from one installation to the next. */
interface Names {
  readonly prefix: string;
  readonly clusterId: string;
  /** Host and port of the receiver. */
  readonly receiver: string;
}

const GROUPS = ["router", "health-monitor", "event-ingestor"];

async function readClusterId(brokers: readonly string[]): Promise<string> {
  const admin = testKafka(brokers).admin();
  await admin.connect();
  try {
    return (await admin.describeCluster()).clusterId;
  } finally {
    await admin.disconnect();
  }
}

/** Takes everything there is; the services are stopped. */
export async function takeInstallation(services: Services, receiver: string): Promise<Installation> {
  const { brokers } = services.stack;
  const kafka = testKafka(brokers);
  const names = { prefix: services.prefix, clusterId: await readClusterId(brokers), receiver };
  const { records, groups } = await takeKafka(kafka, services.prefix);
  const documents: Record<string, unknown[]> = {};
  const collections = (await services.database.listCollections()).map(({ name }) => name).sort();
  for (const name of collections.filter((each) => !each.startsWith("system."))) {
    const found = await services.database.collection(name).find().sort({ _id: 1 }).toArray();
    documents[name] = found.map((each) => EJSON.serialize(each, { relaxed: false }) as unknown);
  }
  const taken: Installation = { takenAt: Date.now(), records, groups, documents };
  return JSON.parse(withPlaceholders(JSON.stringify(taken), names)) as Installation;
}

async function takeKafka(kafka: Kafka, prefix: string): Promise<Pick<Installation, "records" | "groups">> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`)).sort();
    const records: Record<string, KeptRecord[][]> = {};
    for (const topic of topics) {
      const ends = await admin.fetchTopicOffsets(topic);
      if (ends.some(({ low }) => low !== "0")) throw new Error(`${topic} does not begin at 0`);
      const counts = ends.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
      records[topic.slice(prefix.length + 1)] = await readLogs(kafka, topic, counts);
    }
    const groups: Record<string, Record<string, string[]>> = {};
    for (const group of GROUPS) {
      groups[group] = {};
      for (const { topic, partitions } of await admin.fetchOffsets({
        groupId: `${prefix}.${group}`,
        topics,
      })) {
        const offsets = [...partitions].sort((a, b) => a.partition - b.partition).map(({ offset }) => offset);
        if (offsets.some((offset) => offset !== "-1"))
          groups[group][topic.slice(prefix.length + 1)] = offsets;
      }
    }
    return { records, groups };
  } finally {
    await admin.disconnect();
  }
}

async function readLogs(kafka: Kafka, topic: string, counts: readonly number[]): Promise<KeptRecord[][]> {
  const logs: KeptRecord[][] = counts.map(() => []);
  if (counts.every((count) => count === 0)) return logs;
  const consumer = kafka.consumer({ groupId: `${topic}.taken` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: ({ partition, message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
        // Read again when the group is divided anew.
        logs[partition]![Number(message.offset)] = {
          timestamp: Number(message.timestamp),
          key: message.key?.toString() ?? null,
          value: message.value?.toString() ?? null,
          headers: Object.fromEntries(headers) as Record<string, string>,
        };
        return Promise.resolve();
      },
    });
    await eventually(() => logs.every((log, partition) => log.length === counts[partition]), {
      what: `all of ${topic}`,
    });
  } finally {
    await consumer.disconnect();
  }
  return logs;
}

/** Makes it the state of an installation whose topics are there and empty: as if it had been taken just now. */
export async function putInstallation(
  { stack, prefix }: ServicesPlace,
  taken: Installation,
  receiver: string,
): Promise<void> {
  const names = { prefix, clusterId: await readClusterId(stack.brokers), receiver };
  const text = withNames(JSON.stringify(taken), names);
  const installation = JSON.parse(moved(text, Date.now() - taken.takenAt)) as Installation;
  await putRecords(testKafka(stack.brokers), prefix, installation);
  const database = await mongoose.createConnection(stack.mongodbUri, { dbName: prefix }).asPromise();
  try {
    for (const [name, documents] of Object.entries(installation.documents)) {
      const parsed = documents.map((each) => EJSON.deserialize(each as object, { relaxed: false }) as object);
      const known = name === "partitions" ? parsed.map((each) => seenAgain(each, installation)) : parsed;
      if (known.length > 0) await database.collection(name).insertMany(known);
    }
  } finally {
    await database.close();
  }
}

async function putRecords(kafka: Kafka, prefix: string, { records, groups }: Installation): Promise<void> {
  const producer = kafka.producer({ idempotent: true });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  try {
    for (const [topic, logs] of Object.entries(records)) {
      for (const [partition, log] of logs.entries()) {
        if (log.length === 0) continue;
        const messages = log.map(({ timestamp, ...rest }) => ({
          ...rest,
          partition,
          timestamp: String(timestamp),
        }));
        const [receipt] = await producer.send({ topic: `${prefix}.${topic}`, messages, acks: -1 });
        if (receipt?.baseOffset !== "0") throw new Error(`${topic}/${partition} was not empty`);
      }
    }
    for (const [group, topics] of Object.entries(groups)) {
      for (const [topic, offsets] of Object.entries(topics)) {
        const partitions = offsets
          .map((offset, partition) => ({ partition, offset }))
          .filter(({ offset }) => offset !== "-1");
        await admin.setOffsets({ groupId: `${prefix}.${group}`, topic: `${prefix}.${topic}`, partitions });
      }
    }
  } finally {
    await Promise.all([producer.disconnect(), admin.disconnect()]);
  }
}

/** The record a partition's owner read last is known by its time, which was moved. */
function seenAgain(document: object, { records }: Installation): object {
  // Numbers are BSON's here.
  const { partition, seen } = document as { partition: unknown; seen: readonly [unknown, string] | null };
  if (seen === null) return document;
  const [at, offset] = [Number(partition), Number(seen[0])];
  const record = records["deliveries.v1"]?.[at]?.[offset];
  if (record === undefined) return document;
  const { timestamp: timestampMs, key, value, headers } = record;
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text));
  const identity = recordIdentity({
    topic: "deliveries.v1",
    partition: at,
    offset,
    timestampMs,
    key: bytes(key),
    value: bytes(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  });
  return { ...document, seen: [seen[0], identity] };
}

function withPlaceholders(text: string, { prefix, clusterId, receiver }: Names): string {
  return text
    .replaceAll(prefix, "{{prefix}}")
    .replaceAll(clusterId, "{{cluster}}")
    .replaceAll(receiver, "{{receiver}}");
}

function withNames(text: string, { prefix, clusterId, receiver }: Names): string {
  return text
    .replaceAll("{{prefix}}", prefix)
    .replaceAll("{{cluster}}", clusterId)
    .replaceAll("{{receiver}}", receiver);
}

/**
 * Times of documents and records, so many milliseconds later: what was kept for days has not expired then, and what was to
 * be done in a minute is due in a minute.
 */
function moved(text: string, byMs: number): string {
  const later = (_: string, before: string, ms: string) => `${before}${Number(ms) + byMs}`;
  return text
    .replace(/("\$date":\{"\$numberLong":")(\d{13})/g, later)
    .replace(/((?:acceptedAt|startedAt|nextAttemptAt|deliverAt|at)\\+":)(\d{13})/g, later)
    .replace(/("timestamp":)(\d{13})/g, later);
}
