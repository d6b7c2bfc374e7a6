import { KafkaAdmin } from "../admin.js";
import type { KafkaConnection } from "../connection.js";
import { topicNames } from "../topics.js";
import { KafkaRefusal } from "./kafka-refusal.js";

/** By topics on whose partitions owners are placed for good (architecture.md §2): how many partitions the database knows. */
export type PartitionPlaces = Readonly<Partial<Record<"events" | "deliveries", number>>>;

/**
 * Looks whether topics have every partition that owners are placed on. One that was made anew with fewer, as on a new
 * cluster, leaves out whoever is placed on the others.
 *
 * @throws KafkaRefusal naming each topic, and the command that adds what is missing
 * @throws KafkaError while the cluster is away: retryable
 */
export async function checkPartitions(
  connection: KafkaConnection,
  prefix: string,
  places: PartitionPlaces,
): Promise<void> {
  const topics = topicNames(prefix);
  const admin = new KafkaAdmin(connection);
  try {
    const lines: string[] = [];
    for (const name of ["events", "deliveries"] as const) {
      const known = places[name] ?? 0;
      const found = known === 0 ? 0 : await admin.partitionCount(topics[name]);
      if (found >= known) continue;
      lines.push(
        `${topics[name]} has ${found} partitions, and owners are placed on ${known}: npm run add-partitions -- --${name} ${known}`,
      );
    }
    if (lines.length > 0) throw new KafkaRefusal("Kafka has fewer partitions than it had", lines);
  } finally {
    await admin.close();
  }
}
