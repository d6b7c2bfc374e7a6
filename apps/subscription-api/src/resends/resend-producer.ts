import { type OutgoingRecord, type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { ResendOrder, ResendRecords } from "@hooklane/store";

export interface ResendProducerOptions {
  readonly producer: Pick<Producer, "sendAll">;
  readonly records: Pick<ResendRecords, "make">;
  /** How long a caller waits for the broker, milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** `late`: the broker did not answer in time and may still have them. `expired`: there are no bytes any more. */
export type Produced = "produced" | "late" | "expired";

/**
 * Puts resends in line (architecture.md §3). Directly and awaited, not through the outbox: until the caller has the
 * answer nothing is promised, and the answer kept for its `Idempotency-Key` makes a repeat the same record, which the
 * router drops when it has it already.
 */
export class ResendProducer {
  readonly #options: ResendProducerOptions;

  constructor(options: ResendProducerOptions) {
    this.#options = options;
  }

  /** @throws the database's error */
  async produce(orders: readonly ResendOrder[]): Promise<Produced> {
    // Those that were routed already are left out.
    const made = await this.#options.records.make(orders);
    if (made.some(({ kind }) => kind === "expired")) return "expired";
    const records = made.flatMap((one) => (one.kind === "record" ? [toOutgoingRecord(one.record)] : []));
    return (await this.#sendInTime(records)) ? "produced" : "late";
  }

  async #sendInTime(records: readonly OutgoingRecord[]): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.timeoutMs);
    });
    try {
      return await Promise.race([this.#send(records), timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(records: readonly OutgoingRecord[]): Promise<boolean> {
    try {
      await this.#options.producer.sendAll(records);
      return true;
    } catch (err) {
      this.#options.logger.warn({ err, records: records.length }, "resend.produce_failed");
      return false;
    }
  }
}
