import { encodeControl } from "@hooklane/contracts";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import { type Logger, waitAtMost } from "@hooklane/service";
import { type ControlPayload, type Outbox, toControlEntryId } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";

export interface ControlAnnouncerOptions {
  readonly producer: Producer;
  readonly outbox: Outbox;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Younger ones are still in the hands of who wrote them. */
const SWEEP_AGE_MS = 5_000;
const SWEEP_LIMIT = 500;
const CLOSE_LIMIT_MS = 1_000;

/**
 * Gives changes of webhooks their place in the line (architecture.md §1.5): at once for changes made here, and by
 * sweeping for those whose writer died in between. Announcing twice is harmless, as the record's id is deterministic.
 */
export class ControlAnnouncer {
  readonly #options: ControlAnnouncerOptions;
  readonly #inProgress = new Set<Promise<void>>();

  constructor(options: ControlAnnouncerOptions) {
    this.#options = options;
  }

  /** Announces in the background; what fails is left to {@link sweep}. */
  announce(control: ControlPayload): void {
    const announcing = this.#announceAll([control])
      .catch((err: unknown) => this.#options.logger.warn({ err }, "control.announce_failed"))
      .finally(() => this.#inProgress.delete(announcing));
    this.#inProgress.add(announcing);
  }

  /** Announces what was written and not announced, oldest first. */
  async sweep(): Promise<void> {
    const { outbox, metrics, logger, now } = this.#options;
    const entries = await outbox.listPending(
      "control",
      new Date(now().getTime() - SWEEP_AGE_MS),
      SWEEP_LIMIT,
    );
    if (entries.length === 0) return;
    await this.#announceAll(entries.map(({ payload }) => payload as ControlPayload));
    metrics.controlsSwept.inc(entries.length);
    logger.info({ entries: entries.length }, "control.swept");
  }

  /** Waits for what is on its way; while Kafka is away that is left to the sweep of another process or time. */
  async close(): Promise<void> {
    await waitAtMost(Promise.all(this.#inProgress), CLOSE_LIMIT_MS);
  }

  async #announceAll(controls: readonly ControlPayload[]): Promise<void> {
    const { producer, outbox, eventsTopic, now } = this.#options;
    await producer.sendAll(
      controls.map((control) => {
        const { workspaceId, webhookId, version, eventsPartition } = control;
        return toOutgoingRecord(
          encodeControl(eventsTopic, eventsPartition, { workspaceId, webhookId, version }),
        );
      }),
    );
    await outbox.markDone(
      controls.map(({ webhookId, version }) => toControlEntryId(webhookId, version)),
      now(),
    );
  }
}
