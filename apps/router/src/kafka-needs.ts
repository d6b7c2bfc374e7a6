import { type KafkaNeeds, topicNames } from "@hooklane/kafka";

/** What the router uses of Kafka: checked at its start, and listed in docs/operations-security.md as the rights it needs. */
export function kafkaNeeds(prefix: string): KafkaNeeds {
  const topics = topicNames(prefix);
  return {
    topics: [
      { name: topics.events, operations: ["Read"] },
      { name: topics.deliveries, operations: ["Write"] },
      { name: topics.rejected, operations: ["Write"] },
    ],
    groups: [{ name: `${prefix}.router`, operations: ["Read"] }],
  };
}
