import type { KafkaLog } from "../log.js";
import { pauseAfterFailure } from "../pause.js";
import { recordBytes, type ConsumedRecord } from "../record.js";

/** Records of one partition, in order, without a gap to the batch before. */
export interface PartitionBatch {
  readonly topic: string;
  readonly partition: number;
  /** Never empty; in memory of their own. */
  readonly records: readonly ConsumedRecord[];
}

/**
 * Does the work of a batch. Resolves once everything is done that must not be lost: then, and only then, the offsets are
 * committed. A rejection repeats the same batch after a pause, without limit: nothing is skipped.
 *
 * @param signal aborted when the partition is taken away or the consumer closes: stop, reject, nothing is committed
 */
export type BatchHandler = (batch: PartitionBatch, signal: AbortSignal) => Promise<void>;

/** Bounds of what waits in memory for one partition, and of a batch. */
export interface WorkerLimits {
  readonly queuedRecordsMax: number;
  readonly queuedBytesMax: number;
  readonly batchRecordsMax: number;
}

/** How a worker acts on its surroundings. */
export interface WorkerPorts {
  readonly handler: BatchHandler;
  /** Everything below `nextOffset` is done. */
  readonly onDone: (nextOffset: number) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly logger: KafkaLog;
}

/**
 * One partition in one generation of the group: a bounded queue, and one handler call at a time. It works outside
 * kafkajs's fetch loop, which would otherwise wait for the slowest partition before fetching any.
 */
export class PartitionWorker {
  readonly topic: string;
  readonly partition: number;
  readonly #limits: WorkerLimits;
  readonly #ports: WorkerPorts;
  readonly #stop = new AbortController();
  readonly #revoked = new AbortController();
  /** Resolves when this worker's last handler call has ended. */
  readonly #previous: Promise<void>;
  #queue: ConsumedRecord[] = [];
  #queuedBytes = 0;
  #isPaused = false;
  #work: Promise<void> | undefined;
  /** The lowest offset not taken in yet; -1 before the first record. */
  #nextOffset = -1;
  #doneOffset = -1;
  #highWatermark = -1;

  /** @param previous the end of the work of an earlier generation on this partition, which is awaited first */
  constructor(
    place: { readonly topic: string; readonly partition: number },
    limits: WorkerLimits,
    ports: WorkerPorts,
    previous: Promise<void>,
  ) {
    this.topic = place.topic;
    this.partition = place.partition;
    this.#limits = limits;
    this.#ports = ports;
    this.#previous = previous;
  }

  /** Records behind the end of the log that are not done; undefined before the first fetch with records. */
  get lag(): number | undefined {
    if (this.#highWatermark < 0) return undefined;
    return Math.max(0, this.#highWatermark - Math.max(this.#doneOffset, 0));
  }

  /** Takes records in. Those seen before (fetched twice while the leader moved) are dropped. */
  take(records: Iterable<ConsumedRecord>, highWatermark: number): void {
    if (this.#stop.signal.aborted) return;
    this.#highWatermark = highWatermark;
    for (const record of records) {
      if (record.offset < this.#nextOffset) continue;
      if (this.#doneOffset < 0) this.#doneOffset = record.offset;
      this.#nextOffset = record.offset + 1;
      this.#queue.push(record);
      this.#queuedBytes += recordBytes(record);
    }
    this.#pauseWhenFull();
    this.#work ??= this.#run();
  }

  /** Takes nothing more, forgets what waits, lets the call in progress end. */
  async drain(): Promise<void> {
    this.#stop.abort();
    this.#queue = [];
    this.#queuedBytes = 0;
    await this.#work;
  }

  /** The partition is gone: aborts the call in progress. `ended` resolves when it has returned. */
  revoke(): Promise<void> {
    this.#revoked.abort(new Error("The partition was revoked"));
    return this.drain();
  }

  async #run(): Promise<void> {
    await this.#previous;
    while (this.#queue.length > 0 && !this.#stop.signal.aborted) {
      const records = this.#queue.splice(0, this.#limits.batchRecordsMax);
      for (const record of records) this.#queuedBytes -= recordBytes(record);
      if (await this.#handle(records)) {
        this.#doneOffset = (records.at(-1)?.offset ?? -1) + 1;
        this.#ports.onDone(this.#doneOffset);
      }
      this.#resumeWhenRoom();
    }
    this.#work = undefined;
  }

  /** @returns whether it was done; false when the partition went away before */
  async #handle(records: readonly ConsumedRecord[]): Promise<boolean> {
    const { topic, partition } = this;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#ports.handler({ topic, partition, records }, this.#revoked.signal);
        return !this.#revoked.signal.aborted;
      } catch (err) {
        if (this.#isStopped()) return false;
        this.#ports.logger.error({ err, topic, partition, attempt }, "consumer.batch_failed");
        await pauseAfterFailure(attempt, this.#stop.signal);
        if (this.#isStopped()) return false;
      }
    }
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  #pauseWhenFull(): void {
    const { queuedRecordsMax, queuedBytesMax } = this.#limits;
    if (this.#isPaused || (this.#queue.length < queuedRecordsMax && this.#queuedBytes < queuedBytesMax))
      return;
    this.#isPaused = true;
    this.#ports.pause();
  }

  #resumeWhenRoom(): void {
    const { queuedRecordsMax, queuedBytesMax } = this.#limits;
    if (!this.#isPaused || this.#stop.signal.aborted) return;
    if (this.#queue.length > queuedRecordsMax / 2 || this.#queuedBytes > queuedBytesMax / 2) return;
    this.#isPaused = false;
    this.#ports.resume();
  }
}
