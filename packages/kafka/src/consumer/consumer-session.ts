import type { Consumer, EachBatchPayload } from "kafkajs";
import { callRetry, type KafkaConnection } from "../connection.js";
import { KafkaError, toKafkaError } from "../errors.js";
import { pauseAfterFailure, withinTime } from "../pause.js";

/** What the owner of a session does; every call is synchronous, as kafkajs awaits none of them. */
export interface SessionEvents {
  /** Joined, and assigned these partitions of each topic; no record of the new assignment was handed out yet. */
  readonly onJoined: (consumer: Consumer, assignment: Readonly<Record<string, readonly number[]>>) => void;
  /** The assignment is no longer ours: a rebalance began, the consumer crashed or is closing. */
  readonly onLost: () => void;
  /**
   * A fetch has failed, and kafkajs goes on fetching by itself where it was, without joining again: as when the topic was
   * away for a moment. Told before the next fetch begins.
   */
  readonly onInterrupted?: () => void;
  /** A batch of one partition. Short and synchronous: heartbeats come after it (lanes.md §2.3). */
  readonly onBatch: (batch: EachBatchPayload) => void;
}

/** What a session consumes. */
export interface SessionOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly fetchBytesMin?: number | undefined;
  readonly fetchWaitMs?: number | undefined;
  /** How soon partitions added to a topic are seen, milliseconds. Default 10,000. */
  readonly metadataMaxAgeMs?: number | undefined;
}

/** A question of a few hundred bytes in so long, for partitions that are read within seconds of being added. */
const METADATA_MAX_AGE_MS = 10_000;

/** Without a fetch or a join for so long, the consumer hangs and is replaced, milliseconds. */
const STALL_LIMIT_MS = 45_000;

/** Time to leave the group when closed, milliseconds: without an answer the group notices by the session timeout. */
const LEAVE_LIMIT_MS = 2_500;

/** Time to leave before the next consumer joins, milliseconds. */
const REPLACE_LIMIT_MS = 8_000;

/**
 * A kafkajs consumer kept alive: joined, watched, and replaced with growing pauses whenever it crashes or hangs, until
 * closed. kafkajs restarts itself after some failures and stays dead after others; here it never does itself, so there
 * is one way back. Offsets are never resolved or committed on its own account.
 */
export class ConsumerSession {
  readonly #connection: KafkaConnection;
  readonly #options: SessionOptions;
  readonly #events: SessionEvents;
  readonly #closed = new AbortController();
  #consumer: Consumer | undefined;
  #isJoined = false;
  #lastActivityMs = 0;
  #fetches = 0;
  #running: Promise<void> | undefined;

  constructor(connection: KafkaConnection, options: SessionOptions, events: SessionEvents) {
    this.#connection = connection;
    this.#options = options;
    this.#events = events;
  }

  /** Really a member, with an assignment. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Fetches answered since the start. */
  get fetches(): number {
    return this.#fetches;
  }

  /** The consumer while it is a member; changes after a crash. */
  get consumer(): Consumer | undefined {
    return this.#isJoined ? this.#consumer : undefined;
  }

  /** Begins joining; goes on in the background. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Leaves the group and disconnects. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger } = this.#connection;
    for (let failures = 0; !this.#closed.signal.aborted;) {
      try {
        await this.#consumeUntilEnd(() => (failures = 0));
      } catch (caught) {
        const err = toKafkaError(caught);
        failures++;
        logger.warn({ err, code: err.code, groupId: this.#options.groupId, failures }, "consumer.failed");
        await pauseAfterFailure(failures, this.#closed.signal);
      }
    }
  }

  /** One consumer's life. Resolves when closed, rejects with what ended it otherwise. */
  async #consumeUntilEnd(onJoined: () => void): Promise<void> {
    const consumer = this.#createConsumer();
    this.#consumer = consumer;
    this.#lastActivityMs = performance.now();
    try {
      await new Promise<void>((resolve, reject) => {
        const watch = setInterval(() => {
          if (performance.now() - this.#lastActivityMs > STALL_LIMIT_MS) {
            end(() =>
              reject(new KafkaError("timed_out", `The consumer did nothing for ${STALL_LIMIT_MS} ms`)),
            );
          }
        }, 5_000);
        const end = (settle: () => void) => {
          clearInterval(watch);
          this.#closed.signal.removeEventListener("abort", onClosed);
          settle();
        };
        const onClosed = () => end(resolve);
        this.#closed.signal.addEventListener("abort", onClosed);
        this.#listen(consumer, onJoined, (error) => end(() => reject(error)));
        this.#startConsumer(consumer).catch((error: unknown) => end(() => reject(toKafkaError(error))));
        if (this.#closed.signal.aborted) onClosed();
      });
    } finally {
      this.#lose();
      this.#consumer = undefined;
      await withinTime(
        consumer.disconnect().catch(() => undefined),
        this.#closed.signal.aborted ? LEAVE_LIMIT_MS : REPLACE_LIMIT_MS,
      );
    }
  }

  #createConsumer(): Consumer {
    return this.#connection.kafka.consumer({
      groupId: this.#options.groupId,
      sessionTimeout: 6_000,
      heartbeatInterval: 1_500,
      rebalanceTimeout: 15_000,
      maxBytes: 4 * 1024 * 1024,
      maxBytesPerPartition: 512 * 1024,
      minBytes: this.#options.fetchBytesMin ?? 1,
      maxWaitTimeInMs: this.#options.fetchWaitMs ?? 500,
      metadataMaxAge: this.#options.metadataMaxAgeMs ?? METADATA_MAX_AGE_MS,
      allowAutoTopicCreation: false,
      retry: { ...callRetry, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  async #startConsumer(consumer: Consumer): Promise<void> {
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => {
        if (this.#consumer === consumer && this.#isJoined) this.#events.onBatch(payload);
        return Promise.resolve();
      },
    });
  }

  #listen(consumer: Consumer, onJoined: () => void, onCrash: (error: KafkaError) => void): void {
    const { logger } = this.#connection;
    const { groupId } = this.#options;
    const isCurrent = () => this.#consumer === consumer && !this.#closed.signal.aborted;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (!isCurrent()) return;
      onJoined();
      // Metadata changes make kafkajs join again without saying that it left.
      this.#lose();
      this.#lastActivityMs = performance.now();
      this.#isJoined = true;
      logger.info({ groupId, assignment: payload.memberAssignment }, "consumer.joined");
      this.#events.onJoined(consumer, payload.memberAssignment);
    });
    consumer.on(consumer.events.REBALANCING, () => {
      if (isCurrent()) this.#lose();
    });
    // It crashes: kafkajs stops it first, disconnects, and only then says so. In between it throws whatever it is asked.
    consumer.on(consumer.events.STOP, () => {
      if (isCurrent()) this.#lose();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => onCrash(toKafkaError(payload.error)));
    // Of a fetch that fails kafkajs tells the beginning only. By broker: each has its own.
    const fetching = new Set<number>();
    consumer.on(consumer.events.FETCH_START, ({ payload: { nodeId } }) => {
      if (fetching.has(nodeId) && isCurrent() && this.#isJoined) this.#events.onInterrupted?.();
      fetching.add(nodeId);
    });
    consumer.on(consumer.events.FETCH, ({ payload: { nodeId } }) => {
      fetching.delete(nodeId);
      this.#lastActivityMs = performance.now();
      this.#fetches++;
    });
  }

  #lose(): void {
    if (!this.#isJoined) return;
    this.#events.onLost();
    this.#isJoined = false;
  }
}
