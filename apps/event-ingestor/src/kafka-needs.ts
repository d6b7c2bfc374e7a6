import { type KafkaNeeds, topicNames } from "@hooklane/kafka";

/** What the event-ingestor uses of Kafka: checked at its start, and listed in docs/operations-security.md as the rights it needs. */
export function kafkaNeeds(prefix: string): KafkaNeeds {
  const topics = topicNames(prefix);
  return {
    topics: [
      { name: topics.inbound, operations: ["Read"] },
      { name: topics.events, operations: ["Write"] },
      { name: topics.rejected, operations: ["Write"] },
    ],
    groups: [{ name: `${prefix}.event-ingestor`, operations: ["Read"] }],
  };
}
