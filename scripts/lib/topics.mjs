import { setTimeout as pause } from "node:timers/promises";
import { importPackage } from "./paths.mjs";

/**
 * Creates the topics that are missing and says what differs in those that exist. Nothing of theirs is changed: the number
 * of partitions is the place of every endpoint, and a retention somebody's decision.
 *
 * @param {"local" | "production"} scale one broker of ours, or a cluster that was given
 * @param {object} [security] how connections are protected, as `kafkaAccess` of packages/service reads it; default: in the clear
 */
export async function ensureTopics(brokers, scale, terminal, security = {}) {
  const { createKafka, KafkaAdmin, toConnectionRefusal, topicLayout, topicNames } =
    await importPackage("kafka");
  const names = topicNames(process.env.HOOKLANE_TOPIC_PREFIX || undefined);
  const kafka = createKafka({ brokers: brokers.split(","), security, clientId: "start", logger: SILENT });
  const admin = new KafkaAdmin(kafka);
  try {
    const { created, differences } = await ensurePatiently(admin, topicLayout(scale, names));
    if (created.length > 0) terminal.say(`topics: created ${created.join(", ")}`);
    for (const { topic, setting, expected, found } of differences) {
      terminal.say(`topics: ${topic} has ${setting} ${found} where ${expected} is usual; left as it is`);
    }
    if (created.length === 0 && differences.length === 0)
      terminal.say("topics: all there, as they should be");
  } catch (error) {
    throw toConnectionRefusal(error, kafka) ?? error;
  } finally {
    await admin.close();
  }
}

/** Tries again for a while: a topic that was just created is not known everywhere at once. */
async function ensurePatiently(admin, layout) {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      return await admin.ensureTopics(layout);
    } catch (error) {
      if (error.retryable !== true || performance.now() > deadline) throw error;
      await pause(500);
    }
  }
}

/** What goes wrong is thrown; what the client notes on the way is of no use at the terminal. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
