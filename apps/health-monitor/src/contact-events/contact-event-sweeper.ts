import type { ContactId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import { type ContactEventDocument, type ContactEvents, toContactEventRecord } from "@hooklane/store";
import type { ContactMetrics } from "./contact-metrics.js";

export interface ContactEventSweeperOptions {
  readonly events: Pick<ContactEvents, "listPending" | "listOverdue" | "markDone" | "measure">;
  readonly producer: Pick<Producer, "sendAll">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  readonly metrics: Pick<ContactMetrics, "waiting" | "overdue" | "swept">;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Younger ones are still in the hands of who wrote them. */
const SWEEP_AGE_MS = 5_000;

/** Events looked at for contacts, and handed to the broker, at once: with the largest contacts 20 MiB. */
const SWEPT_AT_ONCE = 200;

/**
 * Puts events of contacts' changes in line (product.md W6b): for changes made here, and in place of processes that died
 * between a change and that. Two that do so for one contact are harmless: each puts all that waits in line, in order, and
 * the router drops what it has seen.
 */
export class ContactEventSweeper {
  readonly #options: ContactEventSweeperOptions;

  constructor(options: ContactEventSweeperOptions) {
    this.#options = options;
  }

  /** What was left, the oldest first. While Kafka is away it waits for it, without limit. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { events, metrics, logger, now } = this.#options;
    let swept = 0;
    while (!signal.aborted) {
      await this.#measure();
      const contactIds = await events.listOverdue(new Date(now().getTime() - SWEEP_AGE_MS), SWEPT_AT_ONCE);
      if (contactIds.length === 0) break;
      const done = await this.produce(contactIds, signal);
      metrics.swept.inc(done);
      swept += done;
    }
    if (swept > 0) logger.info({ events: swept }, "contact_events.swept");
  }

  /** Puts all that waits for these contacts in line. @returns how many events */
  async produce(contactIds: readonly ContactId[], signal: AbortSignal): Promise<number> {
    let produced = 0;
    while (!signal.aborted) {
      const pending = await this.#options.events.listPending(contactIds, SWEPT_AT_ONCE);
      if (pending.length === 0 || !(await this.#produce(pending, signal))) break;
      produced += pending.length;
    }
    return produced;
  }

  async #produce(pending: readonly ContactEventDocument[], signal: AbortSignal): Promise<boolean> {
    const { events, producer, eventsTopic } = this.#options;
    try {
      await producer.sendAll(
        pending.map((event) => toOutgoingRecord(toContactEventRecord(eventsTopic, event))),
      );
    } catch (error) {
      // Stopped while the broker was away; they wait on.
      if (signal.aborted) return false;
      throw error;
    }
    await events.markDone(pending.map(({ _id }) => _id));
    return true;
  }

  async #measure(): Promise<void> {
    const { events, metrics, now } = this.#options;
    const { count, oldestAt } = await events.measure();
    metrics.waiting.set(count);
    metrics.overdue.set(oldestAt ? Math.max(0, now().getTime() - oldestAt.getTime()) / 1_000 : 0);
  }
}
