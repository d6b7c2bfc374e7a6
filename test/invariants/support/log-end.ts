import { eventually, type Services, testKafka } from "@hooklane/testing";

/** Waits until everything in `deliveries.v1` is below the watermarks of the checkpoints: settled, or in the backlog. */
export async function awaitTakenIn(services: Services): Promise<void> {
  const admin = testKafka(services.stack.brokers).admin();
  await admin.connect();
  try {
    await eventually(
      async () => {
        const ends = await admin.fetchTopicOffsets(services.topic("deliveries.v1"));
        const documents = await services.database
          .collection<{ partition: number; committed: number }>("partitions")
          .find()
          .toArray();
        const committed = new Map(documents.map((each) => [each.partition, each.committed]));
        return (
          ends.some(({ high }) => Number(high) > 0) &&
          ends.every(({ partition, high }) => committed.get(partition) === Number(high))
        );
      },
      { deadlineMs: 60_000, intervalMs: 100, what: "checkpoints at the end of the log" },
    );
  } finally {
    await admin.disconnect();
  }
}
