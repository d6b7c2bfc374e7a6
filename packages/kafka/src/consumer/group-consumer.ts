import type { Consumer, EachBatchPayload } from "kafkajs";
import type { KafkaConnection } from "../connection.js";
import { withinTime } from "../pause.js";
import { copyRecord } from "../record.js";
import { ConsumerSession } from "./consumer-session.js";
import { OffsetCommitter } from "./offset-committer.js";
import { PartitionWorker, type BatchHandler, type WorkerLimits } from "./partition-worker.js";
import { toConsumedRecord } from "./to-consumed-record.js";

/** What a {@link GroupConsumer} reads, and within what bounds. */
export interface GroupConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly handler: BatchHandler;
  /** Most records handed to one call. Default 500. */
  readonly batchRecordsMax?: number;
  /** Most records of one partition waiting in memory; beyond, the partition is paused. Default 2,000. */
  readonly queuedRecordsMax?: number;
  /** Most bytes of one partition waiting in memory; a fetch (512 KiB) may come on top. Default 1 MiB. */
  readonly queuedBytesMax?: number;
  /** Shortest time between two commits, milliseconds: a crash repeats no more than that. Default 200. */
  readonly commitIntervalMs?: number;
  /**
   * Before each commit: stores what handlers left in memory, of every partition. Offsets are committed once it has resolved;
   * when it rejects, or does not in the time of a commit at the end, what it would have stored comes again.
   */
  readonly beforeCommit?: () => Promise<void>;
  /**
   * A fetch is answered once it has so many bytes, or after `fetchWaitMs`: fewer, larger batches where nobody waits for
   * the single record. Default 1.
   */
  readonly fetchBytesMin?: number;
  /** How long a fetch waits at the broker for `fetchBytesMin`, milliseconds. Default 500. */
  readonly fetchWaitMs?: number;
  /** How soon partitions added to a topic are seen, milliseconds. Default 10,000. */
  readonly metadataMaxAgeMs?: number;
}

/** A partition assigned to this process. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Records in the log that are not done here, as of the last fetch with records. */
  readonly lag: number;
}

/** Brokers that do not answer must not hold back a stop; what was not committed is only repeated, milliseconds. */
const LAST_COMMIT_LIMIT_MS = 1_500;

/**
 * A member of a shared group (architecture.md §1): each partition is worked on by itself, in order, several at the same
 * time; a partition whose handler is stuck holds back neither the others nor the heartbeats. Offsets are committed after
 * the handler resolved; a new group begins at the start of the log. When the group rebalances every handler is aborted
 * (kafkajs rebalances eagerly) and a partition begins again at its last commit, once the aborted call has returned.
 */
export class GroupConsumer {
  readonly #connection: KafkaConnection;
  readonly #options: GroupConsumerOptions;
  readonly #limits: WorkerLimits;
  readonly #session: ConsumerSession;
  readonly #committer: OffsetCommitter;
  #workers = new Map<string, PartitionWorker>();
  /** Calls of earlier generations that have not returned yet, by partition. */
  readonly #leaving = new Map<string, Promise<void>>();
  #isClosing = false;

  constructor(connection: KafkaConnection, options: GroupConsumerOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#limits = {
      batchRecordsMax: options.batchRecordsMax ?? 500,
      queuedRecordsMax: options.queuedRecordsMax ?? 2_000,
      queuedBytesMax: options.queuedBytesMax ?? 1024 * 1024,
    };
    this.#session = new ConsumerSession(connection, options, {
      onJoined: (consumer, assignment) => this.#onJoined(consumer, assignment),
      onLost: () => this.#onLost(),
      onBatch: (payload) => this.#onBatch(payload),
    });
    this.#committer = new OffsetCommitter({
      consumer: () => this.#session.consumer,
      logger: connection.logger,
      intervalMs: options.commitIntervalMs ?? 200,
      beforeCommit: options.beforeCommit,
    });
  }

  /** Really joined and assigned (a member without a partition counts). */
  get isReady(): boolean {
    return this.#session.isJoined && !this.#isClosing;
  }

  /** The lag of every partition assigned here that was read from, for metrics. */
  get lags(): readonly PartitionLag[] {
    return [...this.#workers.values()].flatMap(({ topic, partition, lag }) =>
      lag === undefined ? [] : [{ topic, partition, lag }],
    );
  }

  /** Begins to join; returns at once and goes on trying, see {@link isReady}. */
  start(): void {
    this.#session.start();
  }

  /**
   * Takes nothing more in, lets calls in progress end, commits what they did, leaves the group. What does not end in time
   * is aborted and comes again, here or elsewhere.
   *
   * @param drainLimitMs time for calls in progress, milliseconds
   */
  async close(drainLimitMs = 5_000): Promise<void> {
    this.#isClosing = true;
    const workers = [...this.#workers.values()];
    await withinTime(Promise.all(workers.map((worker) => worker.drain())), drainLimitMs);
    const ends = workers.map((worker) => worker.revoke());
    await withinTime(this.#committer.flush(), LAST_COMMIT_LIMIT_MS);
    this.#committer.forget();
    await this.#session.close();
    await withinTime(Promise.all(ends), 1_000);
  }

  #onJoined(consumer: Consumer, assignment: Readonly<Record<string, readonly number[]>>): void {
    for (const [topic, partitions] of Object.entries(assignment)) {
      // kafkajs keeps pauses over a rebalance; the workers begin with room.
      consumer.resume([{ topic, partitions: [...partitions] }]);
      for (const partition of partitions) this.#addWorker(consumer, topic, partition);
    }
  }

  #addWorker(consumer: Consumer, topic: string, partition: number): void {
    const line = lineOf(topic, partition);
    const whileMember = (action: () => void) => {
      if (this.#session.consumer === consumer) action();
    };
    const worker = new PartitionWorker(
      { topic, partition },
      this.#limits,
      {
        handler: this.#options.handler,
        logger: this.#connection.logger,
        onDone: (nextOffset) => {
          if (this.#workers.get(line) === worker) this.#committer.mark(topic, partition, nextOffset);
        },
        pause: () => whileMember(() => consumer.pause([{ topic, partitions: [partition] }])),
        resume: () => whileMember(() => consumer.resume([{ topic, partitions: [partition] }])),
      },
      this.#leaving.get(line) ?? Promise.resolve(),
    );
    this.#workers.set(line, worker);
  }

  #onLost(): void {
    // The coordinator still takes commits of this generation while it waits for members to join the next.
    void this.#committer.flush();
    const workers = this.#workers;
    this.#workers = new Map();
    for (const [line, worker] of workers) {
      const end = Promise.all([this.#leaving.get(line), worker.revoke()]).then(() => {
        if (this.#leaving.get(line) === end) this.#leaving.delete(line);
      });
      this.#leaving.set(line, end);
    }
    this.#committer.forget();
  }

  #onBatch(payload: EachBatchPayload): void {
    if (this.#isClosing) return;
    const { batch } = payload;
    const worker = this.#workers.get(lineOf(batch.topic, batch.partition));
    if (!worker) return;
    worker.take(
      batch.messages.map((message) => copyRecord(toConsumedRecord(batch.topic, batch.partition, message))),
      Number(batch.highWatermark),
    );
    payload.resolveOffset(batch.lastOffset());
  }
}

function lineOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
