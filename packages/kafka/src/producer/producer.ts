import type { Message } from "kafkajs";
import type { KafkaConnection } from "../connection.js";
import { KafkaError, toKafkaError } from "../errors.js";
import type { KafkaLog } from "../log.js";
import { pauseAfterFailure, withinTime } from "../pause.js";
import type { OutgoingRecord, RecordPosition } from "../record.js";
import { acknowledge, groupByTopic } from "./acknowledge.js";
import { topicMessageBytesMax } from "../topics.js";
import {
  outgoingBytes,
  PendingQueue,
  toMessage,
  type PendingRecord,
  type Submission,
} from "./pending-queue.js";
import { createProducerClient, type ProducerClient, type ShareReceipt } from "./producer-client.js";

/** Limits of a {@link Producer}. */
export interface ProducerOptions {
  /** Bytes accepted and not yet acknowledged; beyond, `send` rejects with `queue_full`. Default 64 MiB. */
  readonly pendingBytesMax?: number;
  /** A send without any answer for so long is given up and its client replaced, milliseconds. Default 45,000. */
  readonly sendLimitMs?: number;
  /** Makes the client; for tests. */
  readonly createClient?: () => ProducerClient;
}

/** Counts since the start, for metrics. */
export interface ProducerStats {
  readonly sends: number;
  readonly records: number;
  readonly bytes: number;
  readonly failures: number;
  /** Clients replaced because their sequence could no longer be trusted. */
  readonly replacements: number;
}

/** What does not fit into `max.message.bytes` even alone, batch header included. */
const RECORD_BYTES_MAX = topicMessageBytesMax - 1024;

/**
 * The only way to write to Kafka: idempotent, `acks=all`, **exactly one send outstanding, repetitions included**
 * (lanes.md §2.1). A send goes out at once when none is outstanding; what arrives meanwhile forms the next. Records of a
 * partition keep the order in which they were handed in.
 *
 * Failures that may pass are repeated without limit, with the identical batch under the same sequence numbers, so that
 * the broker recognises what it already has. A client whose sequence is in doubt (a refusal for good, a lost sequence, no
 * answer at all) is replaced before anything else is sent: kafkajs reuses the sequence numbers of a failed batch, and the
 * broker would take the next batch for a repetition and drop it. The repetition under a new producer id can then leave a
 * second copy of records behind, never a gap and never a first copy out of order; readers drop copies (architecture.md
 * §3, lanes.md §5.2).
 */
export class Producer {
  readonly #queue = new PendingQueue();
  readonly #createClient: () => ProducerClient;
  readonly #log: KafkaLog;
  readonly #pendingBytesMax: number;
  readonly #sendLimitMs: number;
  readonly #closed = new AbortController();
  readonly #waiters: { readonly below: number; readonly resolve: () => void }[] = [];
  #client: ProducerClient | undefined;
  #connecting: Promise<ProducerClient> | undefined;
  #isReady = false;
  #isClosing = false;
  /** Bytes of the send outstanding. */
  #sendingBytes = 0;
  #loop: Promise<void> | undefined;
  readonly #stats = { sends: 0, records: 0, bytes: 0, failures: 0, replacements: 0 };

  constructor(connection: KafkaConnection, options: ProducerOptions = {}) {
    this.#log = connection.logger;
    this.#createClient = options.createClient ?? (() => createProducerClient(connection));
    this.#pendingBytesMax = options.pendingBytesMax ?? 64 * 1024 * 1024;
    this.#sendLimitMs = options.sendLimitMs ?? 45_000;
  }

  /** Bytes accepted and not yet acknowledged. */
  get pendingBytes(): number {
    return this.#queue.bytes + this.#sendingBytes;
  }

  /** The last send succeeded, or the connection stands and none was needed yet. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get stats(): ProducerStats {
    return { ...this.#stats };
  }

  /** Connects and takes a producer id. Optional: the first send does it too, and waits for it without limit. */
  async connect(): Promise<void> {
    try {
      await this.#usableClient();
    } catch (error) {
      throw toKafkaError(error);
    }
  }

  /**
   * Hands in one record.
   *
   * @returns where the brokers put it, once all in-sync replicas have it
   * @throws KafkaError `too_large`, `queue_full`, `closed`, `not_authorized`, `unexpected`; never for what may pass
   */
  async send(record: OutgoingRecord): Promise<RecordPosition> {
    const [position] = await this.sendAll([record]);
    if (position === undefined)
      throw new KafkaError("unexpected", "A record was acknowledged without a position");
    return position;
  }

  /**
   * Hands in records together, in order; cheaper than one by one. They may still travel in several sends, and when it
   * rejects, some may have been written.
   *
   * @returns the positions, in the order of the records
   * @throws KafkaError as {@link send}
   */
  sendAll(records: readonly OutgoingRecord[]): Promise<readonly RecordPosition[]> {
    if (this.#isClosing) return Promise.reject(new KafkaError("closed", "The producer is closed"));
    if (records.length === 0) return Promise.resolve([]);
    const sizes = records.map(outgoingBytes);
    const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
    const largest = Math.max(...sizes);
    if (largest > RECORD_BYTES_MAX) {
      return Promise.reject(
        new KafkaError(
          "too_large",
          `A record of ${largest} bytes does not fit the topic's ${topicMessageBytesMax}`,
        ),
      );
    }
    if (this.pendingBytes > 0 && this.pendingBytes + total > this.#pendingBytesMax) {
      return Promise.reject(
        new KafkaError("queue_full", `More than ${this.#pendingBytesMax} bytes are waiting`),
      );
    }
    return new Promise((resolve, reject) => {
      const submission: Submission = {
        positions: new Array<RecordPosition | undefined>(records.length),
        remaining: records.length,
        resolve,
        reject,
      };
      records.forEach((record, index) => {
        const message = toMessage(record);
        this.#queue.add({ topic: record.topic, message, bytes: sizes[index] ?? 0, submission, index });
      });
      this.#wake();
    });
  }

  /** Resolves once fewer than `bytes` are pending, or the producer is closed: the back-pressure signal. */
  async whenBelow(bytes: number): Promise<void> {
    if (this.pendingBytes < bytes || this.#closed.signal.aborted) return;
    await new Promise<void>((resolve) => this.#waiters.push({ below: bytes, resolve }));
  }

  /**
   * Sends what is waiting, then disconnects. What is not acknowledged in time rejects with `closed`.
   *
   * @param flushLimitMs time for what is waiting, milliseconds
   */
  async close(flushLimitMs = 5_000): Promise<void> {
    this.#isClosing = true;
    const loop = this.#loop;
    if (loop) await withinTime(loop, flushLimitMs);
    this.#closed.abort();
    const error = new KafkaError("closed", "The producer was closed before this was acknowledged");
    for (const { submission } of this.#queue.takeAll()) submission.reject(error);
    this.#isReady = false;
    this.#wakeWaiters();
    const client = this.#client;
    this.#client = undefined;
    if (client) await withinTime(disconnectQuietly(client), 3_000);
    // A loop that was waiting to repeat ends now; one with a send outstanding ends with the connection.
    if (loop) await withinTime(loop, 3_000);
  }

  #wake(): void {
    if (this.#loop) return;
    // One tick later, so that what is handed in together travels together.
    this.#loop = Promise.resolve()
      .then(() => this.#drain())
      .finally(() => {
        this.#loop = undefined;
        if (!this.#queue.isEmpty && !this.#closed.signal.aborted) this.#wake();
      });
  }

  async #drain(): Promise<void> {
    while (!this.#queue.isEmpty && !this.#closed.signal.aborted) {
      const records = this.#queue.takeSend();
      this.#sendingBytes = records.reduce((sum, { bytes }) => sum + bytes, 0);
      await this.#deliver(records);
      this.#sendingBytes = 0;
      this.#wakeWaiters();
    }
  }

  /** Sends until acknowledged; on a refusal for good finds the record refused by halves, and refuses only that one. */
  async #deliver(records: readonly PendingRecord[]): Promise<void> {
    const refusal = await this.#sendUntilAnswered(records);
    if (refusal === undefined) return;
    const [only, ...others] = records;
    if (refusal.code === "closed" || only === undefined || others.length === 0) {
      for (const { submission } of records) submission.reject(refusal);
      return;
    }
    const middle = Math.ceil(records.length / 2);
    await this.#deliver(records.slice(0, middle));
    await this.#deliver(records.slice(middle));
  }

  /** @returns undefined once acknowledged, or why it never will be */
  async #sendUntilAnswered(records: readonly PendingRecord[]): Promise<KafkaError | undefined> {
    const topicMessages = groupByTopic(records);
    for (let attempt = 1; ; attempt++) {
      if (this.#closed.signal.aborted) return new KafkaError("closed", "The producer was closed");
      try {
        const client = await this.#usableClient();
        const receipts = await this.#sendWithinLimit(client, topicMessages);
        acknowledge(records, receipts);
        this.#isReady = true;
        this.#stats.sends++;
        this.#stats.records += records.length;
        this.#stats.bytes += this.#sendingBytes;
        return undefined;
      } catch (caught) {
        const error = toKafkaError(caught);
        this.#isReady = false;
        this.#stats.failures++;
        this.#log.warn(
          { err: error, code: error.code, attempt, records: records.length },
          "producer.send_failed",
        );
        if (!error.retryable || error.code === "sequence_lost") await this.#dropClient();
        if (!error.retryable) return error;
        await pauseAfterFailure(attempt, this.#closed.signal);
      }
    }
  }

  async #sendWithinLimit(
    client: ProducerClient,
    topicMessages: readonly { topic: string; messages: Message[] }[],
  ): Promise<readonly ShareReceipt[]> {
    const receipts = await withinTime(client.sendBatch(topicMessages), this.#sendLimitMs);
    if (receipts !== undefined) return receipts;
    // kafkajs neither answered nor failed; whatever it still does, it does with a client nobody uses.
    await this.#dropClient();
    throw new KafkaError("timed_out", `No answer to a send within ${this.#sendLimitMs} ms`);
  }

  async #usableClient(): Promise<ProducerClient> {
    if (this.#client) return this.#client;
    this.#connecting ??= this.#connectClient().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #connectClient(): Promise<ProducerClient> {
    const client = this.#createClient();
    try {
      await client.connect();
    } catch (error) {
      await withinTime(disconnectQuietly(client), 3_000);
      throw error;
    }
    this.#client = client;
    this.#isReady = true;
    return client;
  }

  async #dropClient(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    this.#stats.replacements++;
    this.#log.info({}, "producer.replaced");
    // First cut, so that a request still on its way cannot follow what the next client sends.
    await withinTime(disconnectQuietly(client), 3_000);
  }

  #wakeWaiters(): void {
    const isClosed = this.#closed.signal.aborted;
    for (let i = this.#waiters.length - 1; i >= 0; i--) {
      const waiter = this.#waiters[i];
      if (waiter === undefined || !(isClosed || this.pendingBytes < waiter.below)) continue;
      this.#waiters.splice(i, 1);
      waiter.resolve();
    }
  }
}

async function disconnectQuietly(client: ProducerClient): Promise<void> {
  try {
    await client.disconnect();
  } catch {
    // It is given up either way.
  }
}
