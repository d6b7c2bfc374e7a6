import { toOutgoingRecord } from "@hooklane/kafka";
import type { ResendOrder, ResendRecords } from "@hooklane/store";
import { sendInTime, type SendInTimeOptions } from "../http/send-in-time.js";

export interface ResendProducerOptions extends SendInTimeOptions {
  readonly records: Pick<ResendRecords, "make">;
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
    return (await sendInTime(this.#options, records)) ? "produced" : "late";
  }
}
