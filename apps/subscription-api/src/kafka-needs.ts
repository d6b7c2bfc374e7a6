import { type KafkaNeeds, topicNames } from "@hooklane/kafka";

/** What the subscription-api uses of Kafka: checked at its start, and listed in docs/operations-security.md as the rights it needs. */
export function kafkaNeeds(prefix: string): KafkaNeeds {
  const topics = topicNames(prefix);
  return {
    topics: [
      { name: topics.events, operations: ["Write"] },
      // Only how many partitions it has: endpoints are placed on them.
      { name: topics.deliveries, operations: ["Describe"] },
    ],
    groups: [],
  };
}
