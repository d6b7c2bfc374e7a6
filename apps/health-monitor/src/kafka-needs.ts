import { type KafkaNeeds, topicNames } from "@hooklane/kafka";

/** What the health-monitor uses of Kafka: checked at its start, and listed in docs/operations-security.md as the rights it needs. */
export function kafkaNeeds(prefix: string): KafkaNeeds {
  const topics = topicNames(prefix);
  return {
    topics: [
      { name: topics.attempts, operations: ["Read"] },
      { name: topics.events, operations: ["Write"] },
    ],
    groups: [{ name: `${prefix}.health-monitor`, operations: ["Read"] }],
  };
}
