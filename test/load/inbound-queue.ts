import { testKafka } from "@hooklane/testing";
import { toEventJson } from "./event.js";

const BATCH = 500;

/** Queues `total` events on an inbound topic as an upstream application would: in turn, one workspace an endpoint. */
export async function queueEvents(
  brokers: readonly string[],
  topic: string,
  run: string,
  workspaceIds: readonly string[],
  total: number,
): Promise<void> {
  const producer = testKafka(brokers, "bench-producer").producer({ idempotent: true });
  await producer.connect();
  for (let from = 0; from < total; from += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, total - from) }, (_, i) => {
      const endpoint = (from + i) % workspaceIds.length;
      const sequence = Math.floor((from + i) / workspaceIds.length);
      return { key: workspaceIds[endpoint] ?? "", value: toEventJson(run, endpoint, sequence, Date.now()) };
    });
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}
