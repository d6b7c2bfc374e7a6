import type { Message } from "kafkajs";
import { KafkaError } from "../errors.js";
import type { RecordPosition } from "../record.js";
import type { PendingRecord } from "./pending-queue.js";
import type { ShareReceipt } from "./producer-client.js";

/** A send as kafkajs takes it, every partition's records in order. */
export function groupByTopic(records: readonly PendingRecord[]): { topic: string; messages: Message[] }[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, message } of records) {
    const messages = topics.get(topic);
    if (messages) messages.push(message);
    else topics.set(topic, [message]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

/**
 * Gives every record its position. When a partition's leader moves between kafkajs's own two attempts to a broker that
 * already answered, kafkajs leaves that partition out and reports success: a share without a receipt was not written.
 *
 * @throws KafkaError `not_ready` when a share is missing; nothing is settled then
 */
export function acknowledge(records: readonly PendingRecord[], receipts: readonly ShareReceipt[]): void {
  const nextOffsets = new Map<string, number>();
  for (const { topic, partition, baseOffset } of receipts)
    nextOffsets.set(`${topic}/${partition}`, baseOffset);
  for (const { topic, message } of records) {
    if (!nextOffsets.has(`${topic}/${message.partition ?? ""}`)) {
      throw new KafkaError("not_ready", `No acknowledgement for a partition of ${topic}`);
    }
  }
  for (const { topic, message, submission, index } of records) {
    const partition = message.partition ?? 0;
    const line = `${topic}/${partition}`;
    const offset = nextOffsets.get(line) ?? -1;
    nextOffsets.set(line, offset + 1);
    submission.positions[index] = { partition, offset };
    if (--submission.remaining === 0) submission.resolve(submission.positions as RecordPosition[]);
  }
}
