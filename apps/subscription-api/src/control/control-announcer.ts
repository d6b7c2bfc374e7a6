import { encodeControl } from "@hooklane/contracts";
import { type OutgoingRecord, type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import { type ControlPayload, type Outbox, toControlEntryId } from "@hooklane/store";

export interface ControlAnnouncerOptions {
  readonly producer: Pick<Producer, "sendAll">;
  readonly outbox: Pick<Outbox, "markDone">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Gives committed changes of webhooks their places in the line (architecture.md §1.5). */
export class ControlAnnouncer {
  readonly #options: ControlAnnouncerOptions;

  constructor(options: ControlAnnouncerOptions) {
    this.#options = options;
  }

  /**
   * Resolves true once the broker has the control records; false when it did not within the time limit or refused one.
   * The changes are committed in any case: an outbox entry stays open until its record is written, by this process or
   * by the sweeper of the health-monitor.
   */
  async announce(controls: readonly ControlPayload[]): Promise<boolean> {
    const announcing = this.#announce(controls);
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.timeoutMs);
    });
    try {
      return await Promise.race([announcing, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #announce(controls: readonly ControlPayload[]): Promise<boolean> {
    const { producer, outbox, logger, now } = this.#options;
    const ids = controls.map(({ webhookId, version }) => toControlEntryId(webhookId, version));
    try {
      await producer.sendAll(controls.map((control) => this.#toRecord(control)));
    } catch (err) {
      logger.warn({ err, ids }, "control.announce_failed");
      return false;
    }
    try {
      await outbox.markDone(ids, now());
    } catch (err) {
      // The broker has them; the sweeper announces them once more, which is harmless.
      logger.warn({ err, ids }, "control.mark_failed");
    }
    return true;
  }

  #toRecord({ workspaceId, webhookId, version, eventsPartition }: ControlPayload): OutgoingRecord {
    const control = { workspaceId, webhookId, version };
    return toOutgoingRecord(encodeControl(this.#options.eventsTopic, eventsPartition, control));
  }
}
