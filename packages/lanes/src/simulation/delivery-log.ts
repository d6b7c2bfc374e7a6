import { type DeliveryId, deliveryRank, type DeliveryStatus } from "@hooklane/core";
import type { Report } from "../decision.js";

/** A result of `attempts.v1`. */
export interface Result {
  readonly deliveryId: DeliveryId;
  readonly status: DeliveryStatus;
  readonly rank: number;
}

/** `attempts.v1`, and the collection `deliveries` that health-monitors make of it. */
export class DeliveryLog {
  readonly #results: Result[] = [];
  readonly #logged = new Map<DeliveryId, Result>();
  #appliedTo = 0;

  /** @param epoch of the lease under which it came about */
  append(report: Report, epoch: number): void {
    const isSettled = report.kind === "settled";
    const status = isSettled ? report.status : report.next.kind;
    const rank = deliveryRank({ status, epoch, attemptNumber: isSettled ? 0 : report.attempt });
    for (const { facts } of report.records)
      this.#results.push({ deliveryId: facts.deliveryId, status, rank });
  }

  /** Where its readers go on. */
  get appliedTo(): number {
    return this.#appliedTo;
  }

  get end(): number {
    return this.#results.length;
  }

  read(from: number, countMax: number): readonly Result[] {
    return this.#results.slice(from, from + countMax);
  }

  /** A state is replaced only by one of a higher rank. */
  apply(results: readonly Result[]): void {
    for (const result of results) {
      const known = this.#logged.get(result.deliveryId);
      if (known === undefined || known.rank < result.rank) this.#logged.set(result.deliveryId, result);
    }
  }

  commit(to: number): void {
    this.#appliedTo = Math.max(this.#appliedTo, to);
  }

  statusOf(deliveryId: DeliveryId): DeliveryStatus | undefined {
    return this.#logged.get(deliveryId)?.status;
  }

  /** A log was cut: whoever mends that notes that nobody will send it any more, unless somebody did. */
  onLost(deliveryId: DeliveryId): void {
    const rank = deliveryRank({ status: "skipped", epoch: 0, attemptNumber: 0 });
    this.apply([{ deliveryId, status: "skipped", rank }]);
  }
}
