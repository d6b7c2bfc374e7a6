import type { Logger } from "@hooklane/service";
import type { DispatcherMetrics } from "../metrics.js";

/** How often a record that is too new is looked at again, milliseconds: its partition may belong to a newer process by then. */
const LOOK_AGAIN_MS = 5_000;

/** What a partition that waits needs. */
export interface NewerRecordsParts {
  readonly pause: (partition: number) => void;
  /** Reads on from where the partition's lanes are, if it is still ours and they have room. */
  readonly goOn: (partition: number) => void;
  readonly metrics: Pick<DispatcherMetrics, "unreadable">;
  readonly logger: Logger;
  /** The service stops. */
  readonly signal: AbortSignal;
}

/**
 * Partitions that wait in front of a record of a newer release (ADR 0033): it is neither guessed at nor put aside, since
 * what stands behind it would overtake it. What was taken in before is delivered meanwhile.
 */
export class NewerRecords {
  readonly #parts: NewerRecordsParts;
  readonly #timers = new Map<number, NodeJS.Timeout>();

  constructor(parts: NewerRecordsParts) {
    this.#parts = parts;
    parts.signal.addEventListener("abort", () => this.#end(), { once: true });
  }

  /** Nothing of such a partition is taken in. */
  isWaiting(partition: number): boolean {
    return this.#timers.has(partition);
  }

  waitAt(partition: number, offset: number, detail: string): void {
    const { pause, goOn, metrics, logger, signal } = this.#parts;
    if (signal.aborted || this.isWaiting(partition)) return;
    metrics.unreadable.inc();
    logger.error({ partition, offset, detail, waitMs: LOOK_AGAIN_MS }, "intake.newer_record");
    pause(partition);
    const timer = setTimeout(() => {
      this.#timers.delete(partition);
      goOn(partition);
    }, LOOK_AGAIN_MS);
    this.#timers.set(partition, timer);
  }

  #end(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
