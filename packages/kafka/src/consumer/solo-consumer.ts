import type { Consumer, EachBatchPayload } from "kafkajs";
import type { KafkaConnection } from "../connection.js";
import { withinTime } from "../pause.js";
import type { ConsumedRecord } from "../record.js";
import { recordIdentity } from "../record-identity.js";
import { ConsumerSession } from "./consumer-session.js";
import { toConsumedRecord } from "./to-consumed-record.js";

/** What a {@link SoloConsumer} reads, and who takes it. */
export interface SoloConsumerOptions {
  readonly topic: string;
  /** Of this process alone: unique per process start. Deleted at close. */
  readonly groupId: string;
  /**
   * Takes records of one partition, in order. Synchronous and short: heartbeats wait for it. The bytes are slices of the
   * fetch buffer: copy what is kept (lanes.md §2.5). It may call `seek`, `pause` and `resume`; what it rejects it seeks.
   */
  readonly onRecords: (partition: number, records: readonly ConsumedRecord[], highWatermark: number) => void;
  /**
   * The log begins later than the offset to be read next (`foundOffset` is its first record then), or was cut below it
   * (`foundOffset` is its end then, or its first record); kafkajs resets silently (lanes.md §2.4). Or a record that was
   * read before is another one now (`foundOffset` is its offset then): the one handed out last, after a rejoin or a fetch
   * that failed, or the one {@link SoloConsumer.seek} was told of. The partition is paused: seek and resume it.
   */
  readonly onGap: (partition: number, expectedOffset: number, foundOffset: number) => void;
  /** After every (re)join; partitions that were being read go on by themselves. */
  readonly onJoined?: (partitions: readonly number[]) => void;
  /** How soon partitions added to the topic are seen, milliseconds. Default 10,000. */
  readonly metadataMaxAgeMs?: number;
}

/** Counts since the start, for metrics (lanes.md §10). */
export interface SoloConsumerStats {
  readonly fetches: number;
  readonly batches: number;
  readonly records: number;
  readonly bytes: number;
  /** Batches fetched before a pause or seek and dropped. */
  readonly staleBatches: number;
  readonly gaps: number;
  readonly joins: number;
}

/** A record that was read, and how to know it again. */
export interface ReadRecord {
  readonly offset: number;
  /** See {@link recordIdentity}. */
  readonly identity: string;
}

interface Position {
  /** The offset to be read next. */
  next: number;
  isPaused: boolean;
  /** Handed out last. */
  last: ReadRecord | undefined;
  /** The furthest that was read, by a former reader perhaps. */
  furthest: ReadRecord | undefined;
  /** After an interruption the last record is read once more and compared: the log may be another one by now. */
  isToCompare: boolean;
}

/** A record that is read only to be recognised. */
interface Probe {
  readonly offset: number;
  readonly resolve: (identity: string | undefined) => void;
}

/**
 * The dispatcher's consumer (lanes.md §2.2): alone in a group of its own, assigned every partition, reading only those
 * that were sought; the group's offsets are not used. Positions survive a rejoin and a broken connection: each partition
 * goes on behind the last record handed out. Its methods are synchronous and take effect with the next fetch.
 */
export class SoloConsumer {
  readonly #connection: KafkaConnection;
  readonly #options: SoloConsumerOptions;
  readonly #session: ConsumerSession;
  readonly #positions = new Map<number, Position>();
  readonly #probes = new Map<number, Probe>();
  readonly #highWatermarks = new Map<number, number>();
  #assigned: ReadonlySet<number> = new Set();
  readonly #stats = { batches: 0, records: 0, bytes: 0, staleBatches: 0, gaps: 0, joins: 0 };

  constructor(connection: KafkaConnection, options: SoloConsumerOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#session = new ConsumerSession(
      connection,
      { groupId: options.groupId, topics: [options.topic], metadataMaxAgeMs: options.metadataMaxAgeMs },
      {
        onJoined: (consumer, assignment) => this.#onJoined(consumer, assignment),
        onLost: () => (this.#assigned = new Set()),
        onInterrupted: () => this.#goOnComparing(),
        onBatch: (payload) => this.#onBatch(payload),
      },
    );
  }

  /** Really joined, with every partition assigned. */
  get isReady(): boolean {
    return this.#session.isJoined;
  }

  get stats(): SoloConsumerStats {
    return { ...this.#stats, fetches: this.#session.fetches };
  }

  /** The end of a partition's log as of its last fetch with records. */
  highWatermark(partition: number): number | undefined {
    return this.#highWatermarks.get(partition);
  }

  /** The furthest record of a partition that was read, since it was sought first or by a former reader. */
  furthestRead(partition: number): ReadRecord | undefined {
    return this.#positions.get(partition)?.furthest;
  }

  /** Begins to join; returns at once and goes on trying, see {@link isReady}. */
  start(): void {
    this.#session.start();
  }

  /**
   * Reads `partition` from `offset` on (paused ones stay paused). Also before joining, and for a partition to come.
   *
   * @param furthest a former reader came so far: the record is compared when it is read
   */
  seek(partition: number, offset: number, furthest?: ReadRecord): void {
    const position = this.#positions.get(partition);
    if (position) {
      position.next = offset;
      position.isToCompare = false;
    } else {
      const fresh = { next: offset, isPaused: false, last: undefined, furthest, isToCompare: false };
      this.#positions.set(partition, fresh);
    }
    this.#apply(partition);
  }

  /**
   * Reads one record of a partition that is not being read, to be recognised (lanes.md §4): by one more fetch of the
   * consumer that is there anyway, as another one would take seconds to join.
   *
   * @returns undefined when it could not be read within the limit, or is not in the log
   */
  async identityAt(partition: number, offset: number, limitMs: number): Promise<string | undefined> {
    const answer = new Promise<string | undefined>((resolve) => {
      this.#probes.set(partition, { offset, resolve });
    });
    const probe = this.#probes.get(partition);
    this.#apply(partition);
    const identity = await withinTime(answer, limitMs);
    if (this.#probes.get(partition) === probe) this.#endProbe(partition);
    return identity;
  }

  /** Fetches nothing more of the partition; the position stays. What was fetched before is dropped and comes again. */
  pause(partition: number): void {
    const position = this.#positions.get(partition);
    if (!position || position.isPaused) return;
    position.isPaused = true;
    this.#withConsumer((consumer) => consumer.pause([this.#place(partition)]));
  }

  /** Goes on behind the last record handed out, or where it was sought. */
  resume(partition: number): void {
    const position = this.#positions.get(partition);
    if (!position?.isPaused) return;
    position.isPaused = false;
    this.#apply(partition);
  }

  /** Stops reading the partition and forgets the position: it was given away. */
  release(partition: number): void {
    this.#positions.delete(partition);
    this.#highWatermarks.delete(partition);
    this.#withConsumer((consumer) => consumer.pause([this.#place(partition)]));
  }

  /** Leaves, disconnects, and deletes the group. */
  async close(): Promise<void> {
    this.#positions.clear();
    for (const { resolve } of this.#probes.values()) resolve(undefined);
    this.#probes.clear();
    await this.#session.close();
    await withinTime(this.#deleteGroup(), 3_000);
  }

  /** Synchronous, before any fetch of the new assignment: nothing is read that was not asked for. */
  #onJoined(consumer: Consumer, assignment: Readonly<Record<string, readonly number[]>>): void {
    const partitions = assignment[this.#options.topic] ?? [];
    this.#assigned = new Set(partitions);
    this.#stats.joins++;
    consumer.pause([{ topic: this.#options.topic, partitions: [...partitions] }]);
    // kafkajs forgets positions when it joins again.
    this.#goOnComparing();
    this.#options.onJoined?.(partitions);
  }

  /** Everything goes on where it was, if the log is still the one that was read. */
  #goOnComparing(): void {
    for (const [partition, position] of this.#positions) {
      position.isToCompare = position.last?.offset === position.next - 1;
      this.#apply(partition);
    }
    for (const partition of this.#probes.keys()) this.#apply(partition);
  }

  #apply(partition: number): void {
    const offset = this.#probes.get(partition)?.offset ?? this.#fetchFrom(partition);
    if (offset === undefined || !this.#assigned.has(partition)) return;
    this.#withConsumer((consumer) => {
      consumer.seek({ topic: this.#options.topic, partition, offset: String(offset) });
      const isPaused = !this.#probes.has(partition) && this.#positions.get(partition)?.isPaused === true;
      if (!isPaused) consumer.resume([this.#place(partition)]);
    });
  }

  #fetchFrom(partition: number): number | undefined {
    const position = this.#positions.get(partition);
    return position && position.next - (position.isToCompare ? 1 : 0);
  }

  #onBatch(payload: EachBatchPayload): void {
    const { batch } = payload;
    const { partition } = batch;
    const position = this.#positions.get(partition);
    const probe = this.#probes.get(partition);
    if (probe && !payload.isStale()) {
      this.#answer(probe, payload);
      return;
    }
    if (!position || position.isPaused || payload.isStale()) {
      // Not resolved, so it is fetched again when it is wanted.
      this.#stats.staleBatches++;
      return;
    }
    const highWatermark = Number(batch.highWatermark);
    const records = batch.messages.map((message) => toConsumedRecord(batch.topic, partition, message));
    const other = findOther(position, records, highWatermark);
    if (other !== undefined) {
      this.#stats.gaps++;
      this.pause(partition);
      this.#options.onGap(partition, position.next, other);
      return;
    }
    if (position.isToCompare && records.length > 0) {
      // It was handed out already.
      records.shift();
      position.isToCompare = false;
    }
    payload.resolveOffset(batch.lastOffset());
    this.#highWatermarks.set(partition, highWatermark);
    const last = records.at(-1);
    if (last === undefined) return;
    position.next = Number(batch.lastOffset()) + 1;
    position.last = { offset: last.offset, identity: recordIdentity(last) };
    if (last.offset >= (position.furthest?.offset ?? 0)) position.furthest = position.last;
    this.#count(records);
    if (records.length > 0) this.#options.onRecords(partition, records, highWatermark);
  }

  #answer({ offset, resolve }: Probe, { batch }: EachBatchPayload): void {
    const message = batch.messages.find((each) => Number(each.offset) >= offset);
    // Nothing came: asked again by the next fetch.
    if (message === undefined) return;
    this.#endProbe(batch.partition);
    const record = toConsumedRecord(batch.topic, batch.partition, message);
    resolve(record.offset === offset ? recordIdentity(record) : undefined);
  }

  #endProbe(partition: number): void {
    this.#probes.delete(partition);
    if (this.#positions.has(partition)) this.#apply(partition);
    else this.#withConsumer((consumer) => consumer.pause([this.#place(partition)]));
  }

  #count(records: readonly ConsumedRecord[]): void {
    this.#stats.batches++;
    this.#stats.records += records.length;
    for (const { value } of records) this.#stats.bytes += value?.byteLength ?? 0;
  }

  #place(partition: number) {
    return { topic: this.#options.topic, partitions: [partition] };
  }

  #withConsumer(action: (consumer: Consumer) => void): void {
    const { consumer } = this.#session;
    if (consumer) action(consumer);
  }

  async #deleteGroup(): Promise<void> {
    const admin = this.#connection.kafka.admin();
    try {
      await admin.connect();
      await admin.deleteGroups([this.#options.groupId]);
    } catch (err) {
      // An empty group costs little and expires by itself.
      this.#connection.logger.info({ err, groupId: this.#options.groupId }, "consumer.group_not_deleted");
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

/** Where the log is not the one that was read: it ends too early, begins elsewhere, or another record stands there. */
function findOther(
  { next, isToCompare, last, furthest }: Position,
  records: readonly ConsumedRecord[],
  highWatermark: number,
): number | undefined {
  if (furthest !== undefined && highWatermark <= furthest.offset) return highWatermark;
  const from = next - (isToCompare ? 1 : 0);
  // Below what was asked for, too: kafkajs has reset itself to the beginning of a log that is another one.
  const found = records[0]?.offset ?? Math.min(from, highWatermark);
  if (found !== from) return found;
  const known = isToCompare ? [last, furthest] : [furthest];
  return records.find((record) =>
    known.some((each) => each?.offset === record.offset && each.identity !== recordIdentity(record)),
  )?.offset;
}
