import type { Consumer } from "kafkajs";
import { toKafkaError } from "../errors.js";
import type { KafkaLog } from "../log.js";

/**
 * Commits what is done: one commit at a time, at most one every interval, each with all partitions that moved. A commit
 * that fails is left to the next: an offset committed late only means repetition.
 */
export class OffsetCommitter {
  readonly #consumer: () => Consumer | undefined;
  readonly #logger: KafkaLog;
  readonly #intervalMs: number;
  readonly #beforeCommit: (() => Promise<void>) | undefined;
  #marks = new Map<string, { topic: string; partition: number; offset: number }>();
  #timer: NodeJS.Timeout | undefined;
  #committing: Promise<void> | undefined;
  /** Raised when the partitions change hands; a failed commit of before is not repeated. */
  #era = 0;

  constructor(options: {
    readonly consumer: () => Consumer | undefined;
    readonly logger: KafkaLog;
    readonly intervalMs: number;
    readonly beforeCommit?: (() => Promise<void>) | undefined;
  }) {
    this.#consumer = options.consumer;
    this.#logger = options.logger;
    this.#intervalMs = options.intervalMs;
    this.#beforeCommit = options.beforeCommit;
  }

  /** Everything below `offset` is done. */
  mark(topic: string, partition: number, offset: number): void {
    this.#marks.set(`${topic}/${partition}`, { topic, partition, offset });
    this.#timer ??= setTimeout(() => void this.flush(), this.#intervalMs);
  }

  /** Commits what is marked; resolves when tried. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#committing) await this.#committing;
    if (this.#marks.size === 0) return;
    this.#committing = this.#commit().finally(() => (this.#committing = undefined));
    await this.#committing;
  }

  /** Forgets marks of partitions that are no longer ours. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#marks = new Map();
    this.#era++;
  }

  async #commit(): Promise<void> {
    const consumer = this.#consumer();
    if (!consumer) return;
    const marks = this.#marks;
    const era = this.#era;
    this.#marks = new Map();
    try {
      await this.#beforeCommit?.();
      await consumer.commitOffsets(
        [...marks.values()].map((mark) => ({ ...mark, offset: String(mark.offset) })),
      );
    } catch (caught) {
      const err = toKafkaError(caught);
      this.#logger.warn({ err, code: err.code }, "consumer.commit_failed");
      // Fenced means that others own the partitions; what they do is theirs to commit.
      if (err.code === "fenced" || this.#era !== era) return;
      for (const [line, mark] of marks) {
        if (!this.#marks.has(line)) this.mark(mark.topic, mark.partition, mark.offset);
      }
    }
  }
}
