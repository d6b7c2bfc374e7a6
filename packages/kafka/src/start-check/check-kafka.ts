import kafkajs from "kafkajs";
import type { KafkaClient } from "../connection.js";
import { KafkaError, toKafkaError } from "../errors.js";
import { sleepUntil, withinTime } from "../pause.js";
import { topicMessageBytesMax } from "../topics.js";
import { toConnectionRefusal } from "./connection-refusal.js";
import {
  askGroup,
  askTopics,
  createInnerCluster,
  type InnerBroker,
  type InnerCluster,
  type TopicState,
} from "./inner-cluster.js";
import type { GroupNeed, KafkaNeeds, TopicNeed } from "./kafka-needs.js";
import { KafkaRefusal } from "./kafka-refusal.js";
import { findWrongProtocol } from "./wrong-protocol.js";
import { groupRemedy, isAllowed, topicRemedy, toolCommand } from "./rights.js";

/** `ListOffsets` in this version came with Kafka 3.0; before, a right to write did not include idempotent producers. */
const LIST_OFFSETS = { apiKey: 2, version: 7 };

/** Kafka's error code for a topic that is not there. */
const UNKNOWN_TOPIC = 3;

/**
 * Looks whether a service can do its work on this cluster, before it begins: that the brokers let it in, are recent
 * enough, allow what it will do (asked beforehand, nothing is tried), and that its topics have settings under which
 * nothing is lost. Everything that is wrong is told at once.
 *
 * @throws KafkaRefusal for what only a person can change, with the commands to do so
 * @throws KafkaError `unknown_topic` while topics are missing, others while the cluster is away: retryable
 */
export async function checkKafka(connection: KafkaClient, needs: KafkaNeeds): Promise<void> {
  const cluster = createInnerCluster(connection.kafka);
  try {
    await cluster.connect();
    const broker = cluster.brokerPool.seedBroker;
    assertRecent(broker);
    const topics = await askFirst(connection, cluster, needs);
    const lines = [
      ...findMissingRights(connection, needs.topics, topics),
      ...(await findGroupRights(connection, cluster, needs.groups)),
      ...(await findWrongSettings(connection, broker, needs.topics, topics)),
    ];
    if (lines.length > 0) throw new KafkaRefusal("Kafka is not set up for this service", lines);
    assertThere(topics);
  } catch (error) {
    throw (
      toConnectionRefusal(error, connection) ??
      (await findWrongProtocol(connection, error)) ??
      toKafkaError(error)
    );
  } finally {
    await withinTime(
      cluster.disconnect().catch(() => undefined),
      3_000,
    );
  }
}

function assertRecent({ versions }: InnerBroker): void {
  if ((versions?.[LIST_OFFSETS.apiKey]?.maxVersion ?? 0) >= LIST_OFFSETS.version) return;
  throw new KafkaRefusal(
    "This Kafka is older than 3.0",
    "upgrade the brokers: a right to write includes idempotent producers from 3.0 on, and rights can be asked for",
  );
}

/** A listener with SASL answers which versions it speaks, and closes the connection on everything else. */
async function askFirst(
  connection: KafkaClient,
  cluster: InnerCluster,
  needs: KafkaNeeds,
): Promise<readonly TopicState[]> {
  const names = needs.topics.map(({ name }) => name);
  for (let attempt = 1; ; attempt++) {
    try {
      return await askTopics(cluster.brokerPool.seedBroker, names);
    } catch (error) {
      const isClosed = (error as { readonly name?: string }).name === "KafkaJSConnectionClosedError";
      if (!isClosed || connection.security.sasl !== undefined) throw error;
      if (attempt > 1) throw new KafkaRefusal(NO_LOGIN(connection), LOGIN_REMEDY, { cause: error });
      // A broker that is just stopping does not take the next connection.
      await sleepUntil(300, new AbortController().signal);
      await cluster.connect();
    }
  }
}

const NO_LOGIN = ({ brokers }: KafkaClient) =>
  `Kafka (${brokers.join(",")}) closes the connection on everything without a login`;
const LOGIN_REMEDY =
  "set KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD: this listener asks for a login";

function findMissingRights(
  connection: KafkaClient,
  needs: readonly TopicNeed[],
  topics: readonly TopicState[],
): readonly string[] {
  return needs.flatMap((need) => {
    const allowed = topics.find(({ name }) => name === need.name)?.allowed ?? 0;
    const missing = [...need.operations, "DescribeConfigs" as const].filter(
      (operation) => !isAllowed(allowed, operation),
    );
    return missing.length > 0 ? [topicRemedy(connection, need.name, missing)] : [];
  });
}

async function findGroupRights(
  connection: KafkaClient,
  cluster: InnerCluster,
  needs: readonly GroupNeed[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  if (needs.length > 0) await cluster.refreshMetadata();
  for (const need of needs) {
    const allowed = await allowedOnGroup(
      cluster,
      need.isPrefix === true ? `${need.name}start-check` : need.name,
    );
    const missing = need.operations.filter((operation) => !isAllowed(allowed, operation));
    if (missing.length > 0) lines.push(groupRemedy(connection, need, missing));
  }
  return lines;
}

async function allowedOnGroup(cluster: InnerCluster, groupId: string): Promise<number> {
  try {
    const { coordinator } = await cluster.brokerPool.seedBroker.findGroupCoordinator({
      groupId,
      coordinatorType: 0,
    });
    const group = await askGroup(await cluster.brokerPool.findBroker(coordinator), groupId);
    // Without the right to describe it, it tells nothing; another error is the cluster's moving.
    if (group.errorCode === GROUP_AUTHORIZATION_FAILED) return 0;
    if (group.errorCode !== 0)
      throw new KafkaError("not_ready", `The group ${groupId} has error ${group.errorCode}`);
    return group.allowed;
  } catch (error) {
    if ((error as { readonly type?: string }).type === "GROUP_AUTHORIZATION_FAILED") return 0;
    throw error;
  }
}

const GROUP_AUTHORIZATION_FAILED = 30;

/** Settings under which records would be lost or refused. Others are a decision of whoever runs the cluster. */
async function findWrongSettings(
  connection: KafkaClient,
  broker: InnerBroker,
  needs: readonly TopicNeed[],
  topics: readonly TopicState[],
): Promise<readonly string[]> {
  const readable = topics.filter(
    ({ errorCode, allowed }) => errorCode === 0 && isAllowed(allowed, "DescribeConfigs"),
  );
  if (readable.length === 0) return [];
  const { resources } = await broker.describeConfigs({
    includeSynonyms: false,
    resources: readable.map(({ name }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: SETTINGS,
    })),
  });
  return resources.flatMap(({ resourceName: topic, configEntries }) => {
    const settings = new Map(
      configEntries.map(({ configName, configValue }) => [configName, configValue ?? ""]),
    );
    const isWritten = needs.some(({ name, operations }) => name === topic && operations.includes("Write"));
    const replicas = topics.find(({ name }) => name === topic)?.replicas ?? 1;
    warnOfRisks(connection, topic, settings, replicas);
    return findWrong(settings, isWritten).map(
      ([setting, why, value]) =>
        `${topic} has ${setting}=${settings.get(setting) ?? ""}, ${why}: ` +
        toolCommand(connection, "kafka-configs", `--alter --topic ${topic} --add-config ${setting}=${value}`),
    );
  });
}

const SETTINGS = [
  "cleanup.policy",
  "max.message.bytes",
  "min.insync.replicas",
  "unclean.leader.election.enable",
] as const;

function findWrong(
  settings: ReadonlyMap<string, string>,
  isWritten: boolean,
): readonly (readonly [string, string, string])[] {
  const wrong: (readonly [string, string, string])[] = [];
  if (settings.get("cleanup.policy") !== "delete") {
    wrong.push([
      "cleanup.policy",
      "under which records disappear that have the key of a later one",
      "delete",
    ]);
  }
  if (isWritten && Number(settings.get("max.message.bytes")) < topicMessageBytesMax) {
    wrong.push(["max.message.bytes", "under which large events are refused", String(topicMessageBytesMax)]);
  }
  return wrong;
}

/** Acknowledged records can be lost under these when brokers are: not refused, as some clusters have one broker. */
function warnOfRisks(
  { logger }: KafkaClient,
  topic: string,
  settings: ReadonlyMap<string, string>,
  replicas: number,
): void {
  if (settings.get("unclean.leader.election.enable") === "true") {
    logger.warn(
      { topic, setting: "unclean.leader.election.enable", found: "true" },
      "kafka.risky_topic_setting",
    );
  }
  if (replicas > 1 && Number(settings.get("min.insync.replicas")) < 2) {
    logger.warn(
      { topic, setting: "min.insync.replicas", found: settings.get("min.insync.replicas") },
      "kafka.risky_topic_setting",
    );
  }
}

function assertThere(topics: readonly TopicState[]): void {
  const missing = topics.filter(({ errorCode }) => errorCode === UNKNOWN_TOPIC).map(({ name }) => name);
  if (missing.length > 0) {
    throw new KafkaError(
      "unknown_topic",
      `Not there yet: ${missing.join(", ")}. infra/docker/create-topics.mjs makes the topics with their settings; this service waits for them`,
    );
  }
  const other = topics.find(({ errorCode }) => errorCode !== 0);
  if (other) throw new KafkaError("not_ready", `The topic ${other.name} has error ${other.errorCode}`);
}
