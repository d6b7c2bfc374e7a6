import type { IHeaders, KafkaMessage } from "kafkajs";
import type { ConsumedRecord, RecordHeaders } from "../record.js";

/** A kafkajs record in our terms; its bytes stay slices of the fetch buffer. */
export function toConsumedRecord(topic: string, partition: number, message: KafkaMessage): ConsumedRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    timestampMs: Number(message.timestamp),
    key: message.key,
    value: message.value,
    headers: toHeaders(message.headers),
  };
}

/** kafkajs gives an array for a name that occurs more than once; the others are bytes already. */
function toHeaders(headers: IHeaders | undefined): RecordHeaders {
  const own: Record<string, Buffer | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    own[name] = typeof last === "string" ? Buffer.from(last) : last;
  }
  return own;
}
