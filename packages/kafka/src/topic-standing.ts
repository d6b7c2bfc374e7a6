import kafkajs, { AssignerProtocol, type Admin } from "kafkajs";
import { KafkaError } from "./errors.js";
import type { TopicSpec } from "./topics.js";

/** A topic that exists otherwise than it should; reported, never changed. */
export interface TopicDifference {
  readonly topic: string;
  readonly setting: "partitions" | "retention.ms" | "max.message.bytes" | "cleanup.policy";
  readonly expected: string;
  readonly found: string;
}

/** How a topic's partitions are. */
export interface TopicStanding {
  readonly topic: string;
  readonly partitions: number;
  /** Brokers that are to have a copy of each partition. */
  readonly replicas: number;
  /** Partitions nobody can write to or read from now: just added, or their brokers are away. */
  readonly leaderless: readonly number[];
}

/** A shared group's work on a topic. */
export interface GroupStanding {
  readonly members: number;
  /** What its members are assigned now, ascending; empty while the group rebalances. */
  readonly partitions: readonly number[];
}

/** @returns undefined when there is no such topic */
export async function readTopicStanding(admin: Admin, topic: string): Promise<TopicStanding | undefined> {
  // Asking for one that is missing would create it where the brokers are set to do so.
  if (!(await admin.listTopics()).includes(topic)) return undefined;
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = topics[0]?.partitions ?? [];
  return {
    topic,
    partitions: partitions.length,
    replicas: Math.min(...partitions.map(({ replicas }) => replicas.length)),
    leaderless: partitions
      .filter(({ leader }) => leader < 0)
      .map(({ partitionId }) => partitionId)
      .sort((a, b) => a - b),
  };
}

/** Which partitions of a topic the members of a group have. */
export async function readGroupStanding(
  admin: Admin,
  groupId: string,
  topic: string,
): Promise<GroupStanding> {
  const { groups } = await admin.describeGroups([groupId]);
  const members = groups[0]?.members ?? [];
  const partitions = members.flatMap(({ memberAssignment }) =>
    memberAssignment.length === 0
      ? []
      : (AssignerProtocol.MemberAssignment.decode(memberAssignment)?.assignment[topic] ?? []),
  );
  return { members: members.length, partitions: partitions.sort((a, b) => a - b) };
}

/** @throws KafkaError `unknown_topic` when one is missing */
export async function compareTopics(
  admin: Admin,
  layout: readonly TopicSpec[],
): Promise<readonly TopicDifference[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: layout.map(({ name }) => name) });
  const partitions = new Map(topics.map((topic) => [topic.name, topic.partitions.length]));
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: layout.map(({ name }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configNames: ["retention.ms", "max.message.bytes", "cleanup.policy"],
    })),
  });
  const configs = new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
  return layout.flatMap((spec) => {
    const config = configs.get(spec.name);
    const settings: readonly Omit<TopicDifference, "topic">[] = [
      compare("partitions", spec.partitions, partitions.get(spec.name)),
      compare("retention.ms", spec.retentionMs, config?.get("retention.ms")),
      compare("max.message.bytes", spec.maxMessageBytes, config?.get("max.message.bytes")),
      compare("cleanup.policy", "delete", config?.get("cleanup.policy")),
    ];
    return settings
      .filter(({ expected, found }) => expected !== found)
      .map((setting) => ({ topic: spec.name, ...setting }));
  });
}

function compare(
  setting: TopicDifference["setting"],
  expected: string | number,
  found: string | number | undefined,
): Omit<TopicDifference, "topic"> {
  return { setting, expected: String(expected), found: String(found ?? "unknown") };
}

/**
 * Raises the number of a topic's partitions; what is in the others stays where it is.
 *
 * @param isTrial the brokers only say whether they would
 * @returns false when it has as many already: somebody else was quicker
 * @throws KafkaError `unknown_topic`, `unexpected` as when it has more
 */
export async function raisePartitions(
  admin: Admin,
  topic: string,
  count: number,
  isTrial: boolean,
): Promise<boolean> {
  const has = async () => (await readTopicStanding(admin, topic))?.partitions ?? 0;
  if ((await has()) === count) return false;
  try {
    await admin.createPartitions({ topicPartitions: [{ topic, count }], validateOnly: isTrial });
    return true;
  } catch (error) {
    const found = await has();
    if (found === count) return false;
    if (found === 0) throw new KafkaError("unknown_topic", `There is no topic ${topic}`, { cause: error });
    throw error;
  }
}
