import type { Logger } from "@hooklane/service";
import type { ClaimedEntry, OutboxEntry, PromiseQueue } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import { nextTryAt, type RetrySchedule } from "./retry-schedule.js";

/**
 * How a try ended. `refused`: it will never work. `unavailable`: it was not tried, and nothing else of this kind is worth
 * trying now.
 */
export type TryOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "failed"; readonly detail: string }
  | { readonly kind: "unavailable" };

export interface PromiseKeeperOptions {
  readonly kind: OutboxEntry["kind"];
  readonly queue: PromiseQueue;
  readonly send: (entry: ClaimedEntry) => Promise<TryOutcome>;
  /** Whether trying makes sense at all now. */
  readonly isAvailable: () => boolean;
  readonly schedule: RetrySchedule;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Longer than any try takes. A process that dies within it delays its entries by as much. */
const LEASE_MS = 60_000;
/** A receiver that hangs takes one place, not all. */
const PARALLEL_MAX = 4;

/** Keeps what the outbox promises, of one kind: tries, tries again with growing waits, gives up in the end. */
export class PromiseKeeper {
  readonly #options: PromiseKeeperOptions;

  constructor(options: PromiseKeeperOptions) {
    this.#options = options;
  }

  /** Works off what is due. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { queue, kind, metrics, now } = this.#options;
    const first = await this.#claim(signal);
    if (first) {
      const others = Array.from({ length: PARALLEL_MAX - 1 }, () => this.#workOff(signal));
      await Promise.all([this.#workOff(signal, first), ...others]);
    }
    metrics.notificationsPending.set({ kind }, await queue.countPending(kind));
    const oldest = await queue.findOldestPending(kind);
    const waitedMs = oldest ? Math.max(0, now().getTime() - oldest.getTime()) : 0;
    metrics.notificationsOldest.set({ kind }, waitedMs / 1_000);
  }

  async #workOff(signal: AbortSignal, first?: ClaimedEntry): Promise<void> {
    let entry = first ?? (await this.#claim(signal));
    while (entry) {
      await this.#conclude(entry, await this.#send(entry));
      entry = await this.#claim(signal);
    }
  }

  async #claim(signal: AbortSignal): Promise<ClaimedEntry | undefined> {
    const { queue, kind, isAvailable, now } = this.#options;
    if (signal.aborted || !isAvailable()) return undefined;
    return queue.claim(kind, now(), LEASE_MS);
  }

  async #send(entry: ClaimedEntry): Promise<TryOutcome> {
    try {
      return await this.#options.send(entry);
    } catch (err) {
      this.#options.logger.error({ err, entry: entry._id }, "notification.defect");
      return { kind: "failed", detail: "internal" };
    }
  }

  async #conclude(entry: ClaimedEntry, outcome: TryOutcome): Promise<void> {
    const { queue, schedule, logger, now } = this.#options;
    const at = now();
    switch (outcome.kind) {
      case "sent":
        await queue.settle(entry, at);
        this.#count("sent");
        logger.info({ entry: entry._id, tries: entry.tries }, "notification.sent");
        return;
      case "unavailable":
        await queue.postpone(entry, at, "unavailable");
        this.#count("unavailable");
        return;
      case "refused":
        await this.#giveUp(entry, outcome.detail, at);
        return;
      case "failed": {
        const next = nextTryAt(entry.tries, entry.createdAt, at, schedule);
        if (next === undefined) {
          await this.#giveUp(entry, outcome.detail, at);
          return;
        }
        await queue.postpone(entry, next, outcome.detail);
        this.#count("failed");
        logger.warn(
          { entry: entry._id, tries: entry.tries, detail: outcome.detail, next },
          "notification.failed",
        );
      }
    }
  }

  async #giveUp(entry: ClaimedEntry, detail: string, at: Date): Promise<void> {
    await this.#options.queue.settle(entry, at, detail);
    this.#count("given_up");
    this.#options.logger.error({ entry: entry._id, tries: entry.tries, detail }, "notification.given_up");
  }

  #count(outcome: string): void {
    this.#options.metrics.notifications.inc({ kind: this.#options.kind, outcome });
  }
}
