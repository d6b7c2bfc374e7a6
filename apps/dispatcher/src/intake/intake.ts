import { decodeDelivery, encodeRejected } from "@hooklane/contracts";
import {
  type ConsumedRecord,
  copyBytes,
  type OutgoingRecord,
  type Producer,
  toOutgoingRecord,
  toRawRecord,
} from "@hooklane/kafka";
import type { Intake as Taken, PartitionLanes } from "@hooklane/lanes";
import { type Logger, retryForever } from "@hooklane/service";
import type { DispatcherMetrics } from "../metrics.js";
import type { PartitionRunner } from "../partitions/partition-runner.js";
import { NewerRecords } from "./newer-records.js";

/** What the intake needs. */
export interface IntakeParts {
  readonly runnerOf: (partition: number) => PartitionRunner | undefined;
  readonly seek: (partition: number, offset: number) => void;
  readonly pause: (partition: number) => void;
  readonly resume: (partition: number) => void;
  readonly producer: Pick<Producer, "send">;
  readonly rejectedTopic: string;
  readonly metrics: DispatcherMetrics;
  readonly logger: Logger;
  /** The service stops: what is not kept elsewhere by then is read again by the next owner. */
  readonly signal: AbortSignal;
}

/** Hands the records of `deliveries.v1` to their partition's lanes; synchronous, values copied (lanes.md §5, §2.5). */
export class DeliveryIntake {
  readonly #parts: IntakeParts;
  readonly #newer: NewerRecords;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#newer = new NewerRecords({ ...parts, goOn: (partition) => this.#goOn(partition) });
  }

  take(partition: number, records: readonly ConsumedRecord[]): void {
    const runner = this.#parts.runnerOf(partition);
    // Fetched before it was given away.
    if (runner === undefined || this.#newer.isWaiting(partition)) return;
    runner.run((lanes, now) => {
      const first = lanes.next;
      for (const record of records) {
        const taken = this.#takeOne(runner, lanes, record, now);
        if (taken === "newer") break;
        if (taken !== "gap") continue;
        this.#parts.logger.warn({ partition, offset: record.offset, next: lanes.next }, "intake.gap");
        this.#parts.seek(partition, lanes.next);
        break;
      }
      runner.onTakenIn(first, records.at(-1)?.timestampMs);
    });
  }

  #takeOne(
    runner: PartitionRunner,
    lanes: PartitionLanes,
    record: ConsumedRecord,
    now: number,
  ): Taken | "newer" {
    const delivery = decodeDelivery(toRawRecord(record));
    if (!delivery.ok && delivery.isTooNew) {
      if (record.offset !== lanes.next) return record.offset > lanes.next ? "gap" : "stale";
      this.#newer.waitAt(runner.partition, record.offset, delivery.detail);
      return "newer";
    }
    if (!delivery.ok) return this.#reject(runner, lanes, record, delivery.detail);
    const { meta, body } = delivery.value;
    const taken = lanes.onRecord(record.offset, meta, copyBytes(body), now);
    if (taken === "resolved") this.#parts.metrics.repeatsDropped.inc();
    return taken;
  }

  #goOn(partition: number): void {
    const runner = this.#parts.runnerOf(partition);
    if (runner === undefined) return;
    runner.run((lanes) => this.#parts.seek(partition, lanes.next));
    if (!runner.isPaused) this.#parts.resume(partition);
  }

  /** Nobody can read it: kept where operators look, and the partition goes on. */
  #reject(runner: PartitionRunner, lanes: PartitionLanes, record: ConsumedRecord, detail: string): Taken {
    const { logger, metrics, rejectedTopic } = this.#parts;
    const taken = lanes.onUnreadable(record.offset);
    if (taken !== "taken") return taken;
    const { topic, partition, offset } = record;
    metrics.unreadable.inc();
    logger.error({ partition, offset, detail }, "intake.unreadable_record");
    const rejected = encodeRejected(
      rejectedTopic,
      { topic, record: toRawRecord(record) },
      { code: "unreadable_record", detail },
    );
    this.#keep(runner, toOutgoingRecord(rejected), offset).then(
      () => runner.run((engine) => engine.onUnreadableKept(offset)),
      // Whoever owns the partition next reads it again.
      () => undefined,
    );
    return taken;
  }

  /** Repeats also what the producer refuses: until it is kept, the watermark stands. */
  #keep(runner: PartitionRunner, rejected: OutgoingRecord, offset: number): Promise<unknown> {
    const { logger, producer, signal } = this.#parts;
    return retryForever(() => producer.send(rejected), {
      signal,
      onError: (err) => {
        logger.error({ err, partition: runner.partition, offset }, "intake.rejected_not_kept");
        if (runner.isDiscarded) throw err;
      },
    });
  }
}
