/** Header values; of a name that occurs more than once the last. */
export type RecordHeaders = Readonly<Record<string, Buffer | undefined>>;

/**
 * A record read from a topic. Unless said otherwise its bytes are slices of the fetch buffer: keeping one keeps up to
 * 4 MiB alive, so {@link copyRecord} or {@link copyBytes} what outlives the call (lanes.md §2.5).
 */
export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since the epoch, as the producer or the broker set it. */
  readonly timestampMs: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: RecordHeaders;
}

/** A record to be written. */
export interface OutgoingRecord {
  readonly topic: string;
  /** Explicit where the place in the line is stored (architecture.md §2); else chosen from the key as Java does. */
  readonly partition?: number;
  readonly key: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
}

/** Where the broker put a record. */
export interface RecordPosition {
  readonly partition: number;
  readonly offset: number;
}

/** The same bytes in memory of their own. */
export function copyBytes(bytes: Uint8Array): Buffer {
  // Not `Buffer.from`: its pool would tie records of different lifetimes together, 8 KiB at a time.
  const copy = Buffer.allocUnsafeSlow(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

/** The same record in memory of its own. */
export function copyRecord(record: ConsumedRecord): ConsumedRecord {
  return {
    ...record,
    key: record.key && copyBytes(record.key),
    value: record.value && copyBytes(record.value),
    headers: copyHeaders(record.headers),
  };
}

function copyHeaders(headers: RecordHeaders): RecordHeaders {
  const copy: Record<string, Buffer | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    copy[name] = value && copyBytes(value);
  }
  return copy;
}

/** A header as text (UTF-8); undefined when absent. */
export function headerText(headers: RecordHeaders, name: string): string | undefined {
  return headers[name]?.toString("utf8");
}

/** Bytes a record takes in memory: key, value and headers. */
export function recordBytes(record: ConsumedRecord): number {
  let bytes = (record.key?.byteLength ?? 0) + (record.value?.byteLength ?? 0);
  for (const name in record.headers) bytes += name.length + (record.headers[name]?.byteLength ?? 0);
  return bytes;
}
