import type { Message } from "kafkajs";
import type { OutgoingRecord, RecordPosition } from "../record.js";

/** Bytes of one partition in one send: more is refused by the broker as one record batch, for ever (lanes.md §2.6). */
export const PARTITION_SHARE_BYTES_MAX = 900 * 1024;
/** Bytes of one send over all partitions (lanes.md §2.6). */
export const SEND_BYTES_MAX = 8 * 1024 * 1024;
/** Records of one partition in one send: kafkajs groups them in quadratic time. */
const PARTITION_SHARE_RECORDS_MAX = 1_000;

/** Per record: offsets, lengths and attributes of Kafka's record format, rounded up. */
const FRAMING_BYTES = 64;

/** A group of records sent by one call and settled together. */
export interface Submission {
  readonly positions: (RecordPosition | undefined)[];
  remaining: number;
  readonly resolve: (positions: readonly RecordPosition[]) => void;
  readonly reject: (error: Error) => void;
}

/** One record on its way. */
export interface PendingRecord {
  readonly topic: string;
  /** Handed to kafkajs as it is; the partition is set on it when chosen from the key, so that a retry is the same. */
  readonly message: Message;
  readonly bytes: number;
  readonly submission: Submission;
  /** Index of the record within its submission. */
  readonly index: number;
}

/** Bytes a record takes in a record batch, never too few. */
export function outgoingBytes({ key, value, headers }: OutgoingRecord): number {
  let bytes = FRAMING_BYTES + lengthOf(key) + lengthOf(value);
  for (const name in headers) bytes += 8 + Buffer.byteLength(name) + lengthOf(headers[name] ?? null);
  return bytes;
}

function lengthOf(part: string | Uint8Array | null): number {
  if (part === null) return 0;
  return typeof part === "string" ? Buffer.byteLength(part) : part.byteLength;
}

/** The record as kafkajs takes it. */
export function toMessage({ partition, key, value, headers }: OutgoingRecord): Message {
  const message: Message = { key: toKafkajsBytes(key), value: toKafkajsBytes(value) };
  if (partition !== undefined) message.partition = partition;
  if (headers !== undefined) {
    const own: Record<string, string | Buffer> = {};
    for (const name in headers) own[name] = toKafkajsBytes(headers[name] ?? "") ?? "";
    message.headers = own;
  }
  return message;
}

/** kafkajs knows Buffers only; these are views, nothing is copied. */
function toKafkajsBytes(part: string | Uint8Array | null): string | Buffer | null {
  if (part === null || typeof part === "string" || Buffer.isBuffer(part)) return part;
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}

/**
 * Records waiting for the next send, in order per partition. Records without an explicit partition share one line per
 * topic, as they may all end in the same partition.
 */
export class PendingQueue {
  /** Oldest first; a line that was cut off by a cap stays where it is. */
  readonly #lines = new Map<string, PendingRecord[]>();
  #bytes = 0;

  /** Bytes waiting. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  add(record: PendingRecord): void {
    const line = `${record.topic}/${record.message.partition ?? ""}`;
    const waiting = this.#lines.get(line);
    if (waiting) waiting.push(record);
    else this.#lines.set(line, [record]);
    this.#bytes += record.bytes;
  }

  /** Takes what the next send carries: of each partition the oldest, up to the caps; never nothing when not empty. */
  takeSend(): PendingRecord[] {
    const taken: PendingRecord[] = [];
    let total = 0;
    // A copy: lines cut short are put back at the end, where the iteration would meet them again.
    for (const [line, waiting] of [...this.#lines]) {
      let share = 0;
      let count = 0;
      for (const record of waiting) {
        const fits =
          count === 0 ||
          (count < PARTITION_SHARE_RECORDS_MAX && share + record.bytes <= PARTITION_SHARE_BYTES_MAX);
        if (!fits || (taken.length > 0 && total + record.bytes > SEND_BYTES_MAX)) break;
        share += record.bytes;
        total += record.bytes;
        count++;
        taken.push(record);
      }
      if (count > 0) this.#shorten(line, waiting, count);
    }
    this.#bytes -= total;
    return taken;
  }

  /** Takes everything. */
  takeAll(): PendingRecord[] {
    const taken = [...this.#lines.values()].flat();
    this.#lines.clear();
    this.#bytes = 0;
    return taken;
  }

  #shorten(line: string, waiting: PendingRecord[], count: number): void {
    this.#lines.delete(line);
    // What is left goes to the end, so that a long line does not starve the others of a full send.
    if (count < waiting.length) this.#lines.set(line, waiting.slice(count));
  }
}
