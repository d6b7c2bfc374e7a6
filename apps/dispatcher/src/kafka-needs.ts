import { type KafkaNeeds, topicNames } from "@hooklane/kafka";

/** What the dispatcher uses of Kafka: checked at its start, and listed in docs/operations-security.md as the rights it needs. */
export function kafkaNeeds(prefix: string): KafkaNeeds {
  const topics = topicNames(prefix);
  return {
    topics: [
      { name: topics.deliveries, operations: ["Read"] },
      { name: topics.attempts, operations: ["Write"] },
      { name: topics.rejected, operations: ["Write"] },
    ],
    // Each process has a group of its own, and removes it when it ends.
    groups: [{ name: `${prefix}.dispatcher-`, isPrefix: true, operations: ["Read", "Delete"] }],
  };
}
