import type { ContactId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import { type Logger, waitAtMost } from "@hooklane/service";
import { type ContactEvents, toContactEventRecord } from "@hooklane/store";

export interface ContactAnnouncerOptions {
  readonly events: Pick<ContactEvents, "listPending" | "markDone">;
  readonly producer: Pick<Producer, "sendAll">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** Puts the events of committed changes of contacts in line (product.md W6b). */
export class ContactAnnouncer {
  readonly #options: ContactAnnouncerOptions;

  constructor(options: ContactAnnouncerOptions) {
    this.#options = options;
  }

  /**
   * Resolves true once the broker has all that waits for these contacts, whoever changed them: what was before comes
   * before. False when it did not within the time limit or refused it; then it stays, for the sweeper of the
   * health-monitor.
   */
  async announce(contactIds: readonly ContactId[]): Promise<boolean> {
    let isDone = false;
    const announcing = this.#announce(contactIds).then((done) => {
      isDone = done;
    });
    await waitAtMost(announcing, this.#options.timeoutMs);
    return isDone;
  }

  async #announce(contactIds: readonly ContactId[]): Promise<boolean> {
    const { events, producer, eventsTopic, logger } = this.#options;
    const waiting: string[] = [];
    try {
      const pending = await events.listPending(contactIds);
      waiting.push(...pending.map(({ _id }) => _id));
      await producer.sendAll(
        pending.map((event) => toOutgoingRecord(toContactEventRecord(eventsTopic, event))),
      );
      await events.markDone(pending.map(({ _id }) => _id));
      return true;
    } catch (err) {
      logger.warn({ err, waiting }, "contact_events.announce_failed");
      return false;
    }
  }
}
