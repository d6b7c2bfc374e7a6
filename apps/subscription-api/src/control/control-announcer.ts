import { encodeControl } from "@hooklane/contracts";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import { type ControlPayload, type Outbox, toControlEntryId } from "@hooklane/store";

export interface ControlAnnouncerOptions {
  readonly producer: Pick<Producer, "send">;
  readonly outbox: Pick<Outbox, "markDone">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Gives a committed change of a webhook its place in the line (architecture.md §1.5). */
export class ControlAnnouncer {
  readonly #options: ControlAnnouncerOptions;

  constructor(options: ControlAnnouncerOptions) {
    this.#options = options;
  }

  /**
   * Resolves true once the broker has the control record; false when it did not within the time limit or refused it.
   * The change is committed in any case: the outbox entry stays open until the record is written, by this process or
   * by the sweeper of the health-monitor.
   */
  async announce(control: ControlPayload): Promise<boolean> {
    const announcing = this.#announce(control);
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

  async #announce({ workspaceId, webhookId, version, eventsPartition }: ControlPayload): Promise<boolean> {
    const { producer, outbox, eventsTopic, logger, now } = this.#options;
    const record = encodeControl(eventsTopic, eventsPartition, { workspaceId, webhookId, version });
    try {
      await producer.send(toOutgoingRecord(record));
    } catch (err) {
      logger.warn({ err, webhookId, version }, "control.announce_failed");
      return false;
    }
    try {
      await outbox.markDone([toControlEntryId(webhookId, version)], now());
    } catch (err) {
      // The broker has it; the sweeper announces it once more, which is harmless.
      logger.warn({ err, webhookId, version }, "control.mark_failed");
    }
    return true;
  }
}
