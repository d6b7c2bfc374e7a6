import { testKafka } from "@hooklane/testing";
import { toEventJson } from "./event.js";

const BATCH = 500;

/**
 * Queues `total` events on an inbound topic as an upstream application would: in turn, one workspace an endpoint. Event
 * `i`, counted from `firstIndex`, is number `floor(i / endpoints)` of its endpoint.
 */
export async function queueEvents(
  brokers: readonly string[],
  topic: string,
  run: string,
  workspaceIds: readonly string[],
  total: number,
  firstIndex = 0,
): Promise<void> {
  const producer = testKafka(brokers, "bench-producer").producer({ idempotent: true });
  await producer.connect();
  const end = firstIndex + total;
  for (let from = firstIndex; from < end; from += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, end - from) }, (_, i) => {
      const endpoint = (from + i) % workspaceIds.length;
      const sequence = Math.floor((from + i) / workspaceIds.length);
      return { key: workspaceIds[endpoint] ?? "", value: toEventJson(run, endpoint, sequence, Date.now()) };
    });
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}
