import { createKafka, KafkaAdmin, topicLayout, topicNames } from "@hooklane/kafka";
import { Kafka, logLevel } from "kafkajs";
import { eventually } from "../eventually.js";

/** A quiet kafkajs client for a test's own use: an upstream application, or a look into a topic. */
export function testKafka(brokers: readonly string[], clientId = "test"): Kafka {
  process.env.KAFKAJS_NO_PARTITIONER_WARNING = "1";
  return new Kafka({ brokers: [...brokers], clientId, logLevel: logLevel.NOTHING, retry: { retries: 20 } });
}

const ignore = () => undefined;
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Creates the topics `<prefix>.inbound.v1` … as a local start would. */
export async function createTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = new KafkaAdmin(createKafka({ brokers, clientId: "test", logger: SILENT }));
  try {
    const ensure = () => admin.ensureTopics(topicLayout("local", topicNames(prefix))).then(() => true);
    // A broker that is busy may not host yet what it has just made.
    await eventually(ensure, { what: "the topics of a test" });
  } finally {
    await admin.close();
  }
}

/** Deletes every topic and every idle consumer group whose name begins with the prefix. */
export async function dropTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = testKafka(brokers).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    const { groups } = await admin.listGroups();
    const groupIds = groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(prefix));
    // A group whose member was killed is not empty yet; it expires by itself.
    if (groupIds.length > 0) await admin.deleteGroups(groupIds).catch(() => undefined);
  } finally {
    await admin.disconnect();
  }
}
