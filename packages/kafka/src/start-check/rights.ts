import type { KafkaClient } from "../connection.js";
import type { GroupNeed, GroupOperation, TopicOperation } from "./kafka-needs.js";

type Operation = TopicOperation | GroupOperation | "DescribeConfigs";

/** Kafka's numbers of its operations: the places of their bits. */
const BIT: Readonly<Record<Operation, number>> = {
  Read: 3,
  Write: 4,
  Delete: 6,
  Describe: 8,
  DescribeConfigs: 10,
};

/** Whether a bit field of allowed operations has one. Where nobody checks rights it has all. */
export function isAllowed(allowed: number, operation: Operation): boolean {
  // What nobody may know is the smallest number there is; no operation has its bit.
  return (allowed & (1 << BIT[operation])) !== 0;
}

/** What to do about missing rights to a topic, in one line. */
export function topicRemedy(connection: KafkaClient, topic: string, missing: readonly Operation[]): string {
  return `no right to ${missing.join(", ")} on topic ${topic}: ${aclCommand(connection, missing, `--topic ${topic}`)}`;
}

/** What to do about missing rights to a group, in one line. */
export function groupRemedy(
  connection: KafkaClient,
  { name, isPrefix }: GroupNeed,
  missing: readonly Operation[],
): string {
  const which = isPrefix === true ? `groups ${name}*` : `group ${name}`;
  const pattern = isPrefix === true ? " --resource-pattern-type prefixed" : "";
  return `no right to ${missing.join(", ")} on ${which}: ${aclCommand(connection, missing, `--group ${name}${pattern}`)}`;
}

function aclCommand(connection: KafkaClient, operations: readonly Operation[], resource: string): string {
  const principal = connection.security.sasl?.username ?? "<name>";
  const options = operations.map((operation) => `--operation ${operation}`).join(" ");
  return toolCommand(
    connection,
    "kafka-acls",
    `--add --allow-principal "User:${principal}" ${options} ${resource}`,
  );
}

/** A command of Kafka's own tools; `admin.properties` is how whoever runs it gets in. */
export function toolCommand({ brokers }: KafkaClient, tool: string, options: string): string {
  return `${tool}.sh --bootstrap-server ${brokers[0] ?? ""} --command-config admin.properties ${options}`;
}
