import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { Kafka, logLevel, type Admin } from "kafkajs";

/** Time one probe may take, in milliseconds; the next one follows at once. */
const PROBE_LIMIT_MS = 15_000;

/** Covers the time in which both coordinators load, once the broker accepts connections. In milliseconds. */
const WHILE_LOADING = { retries: 40, initialRetryTime: 50, maxRetryTime: 200 };

/**
 * True when the broker does what the services need from their first second on: an idempotent producer gets its id, and a
 * consumer joins a group and reads. Just after its start a broker accepts connections while both coordinators still load.
 * The topic and the group used for it are removed.
 */
export async function isKafkaReady(broker: string): Promise<boolean> {
  if (!(await acceptsConnections(broker))) return false;
  const kafka = new Kafka({
    clientId: "hooklane-local-stack",
    brokers: [broker],
    logLevel: logLevel.NOTHING,
    retry: WHILE_LOADING,
  });
  const admin = kafka.admin();
  const name = `hooklane-ready-${randomUUID()}`;
  await admin.connect();
  try {
    await admin.createTopics({ topics: [{ topic: name, numPartitions: 1 }], waitForLeaders: true });
    try {
      await produceOne(kafka, name);
      return await consumeOne(kafka, name);
    } finally {
      await removeTraces(admin, name);
    }
  } finally {
    await admin.disconnect();
  }
}

/** Spares the client's own retries, which back off for seconds, while nobody listens yet. */
function acceptsConnections(broker: string): Promise<boolean> {
  const [host, port] = broker.split(":");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

async function produceOne(kafka: Kafka, topic: string): Promise<void> {
  // Said here as well: an idempotent producer otherwise retries without limit.
  const producer = kafka.producer({ idempotent: true, retry: WHILE_LOADING });
  try {
    await producer.connect();
    await producer.send({ topic, acks: -1, messages: [{ value: "ready?" }] });
  } finally {
    await producer.disconnect();
  }
}

async function consumeOne(kafka: Kafka, topic: string): Promise<boolean> {
  const consumer = kafka.consumer({ groupId: topic });
  let timer: NodeJS.Timeout | undefined;
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PROBE_LIMIT_MS);
    });
    const read = new Promise<boolean>((resolve, reject) => {
      consumer
        .run({
          eachMessage: () => {
            resolve(true);
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

async function removeTraces(admin: Admin, name: string): Promise<void> {
  await admin.deleteTopics({ topics: [name] });
  // Deleting a group that was never made is refused; that is as good as deleted.
  await admin.deleteGroups([name]).catch(() => undefined);
}
