import { decodeEventsRecord } from "@hooklane/contracts";
import { type ConsumedRecord, type PartitionBatch, recordIdentity } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { EventLog, EventPartition, EventPartitions, RoutedRecord } from "@hooklane/store";

export interface LogEpochsDeps {
  readonly partitions: Pick<EventPartitions, "open" | "replace" | "noteRouted">;
  readonly log: Pick<EventLog, "holdsAny">;
  /** Of the cluster that is there now. */
  readonly readClusterId: () => Promise<string>;
  /** A partition's log was found to be another one. */
  readonly onReplaced: () => void;
  readonly logger: Logger;
  /** Monotonic, milliseconds. */
  readonly now: () => number;
}

/** How far a partition was routed is noted so often, milliseconds: it is only compared with. */
const NOTE_EVERY_MS = 2_000;

/** A partition as long as it is owned. */
interface Owned {
  readonly epoch: number;
  notedAt: number;
}

/**
 * The epoch of every partition of `events.v1`, looked at when a partition is taken (lanes.md §4). It is raised when the log
 * was cut or replaced, as on a new cluster: dispatchers drop what does not stand above the places they have seen, and a
 * new log begins below them.
 */
export class LogEpochs {
  readonly #deps: LogEpochsDeps;
  readonly #owned = new WeakMap<AbortSignal, Owned>();

  constructor(deps: LogEpochsDeps) {
    this.#deps = deps;
  }

  /**
   * The epoch of the log a batch is of.
   *
   * @param signal the same one for all batches of a partition, as long as it is owned
   * @throws when Kafka or MongoDB do not answer
   */
  async epochOf({ partition, records }: PartitionBatch, signal: AbortSignal): Promise<number> {
    const known = this.#owned.get(signal);
    if (known !== undefined) return known.epoch;
    const { partitions, readClusterId, logger, onReplaced } = this.#deps;
    const clusterId = await readClusterId();
    for (;;) {
      const found = await partitions.open(partition, clusterId);
      const standing = await this.#compare(found, clusterId, partition, records);
      if (standing !== "replaced") {
        // What nothing could be told of is looked at once more with the next batch.
        if (standing === "same")
          this.#owned.set(signal, { epoch: found.epoch, notedAt: this.#deps.now() - NOTE_EVERY_MS });
        return found.epoch;
      }
      const from = records[0]?.offset;
      logger.error({ partition, epoch: found.epoch + 1, seen: found.seen, from }, "router.log_replaced");
      onReplaced();
      await partitions.replace(partition, found.epoch, clusterId);
    }
  }

  /** A batch is routed. Noted now and then, and not waited for. */
  noteRouted({ partition, records }: PartitionBatch, signal: AbortSignal): void {
    const { partitions, logger, now } = this.#deps;
    const owned = this.#owned.get(signal);
    const last = records.at(-1);
    if (owned === undefined || last === undefined || now() - owned.notedAt < NOTE_EVERY_MS) return;
    owned.notedAt = now();
    partitions
      .noteRouted(partition, owned.epoch, [last.offset, recordIdentity(last)])
      .catch((err: unknown) => logger.warn({ err, partition }, "router.place_not_noted"));
  }

  async #compare(
    { clusterId, epoch, seen }: EventPartition,
    currentClusterId: string,
    partition: number,
    records: readonly ConsumedRecord[],
  ): Promise<"same" | "replaced" | "unknown"> {
    if (clusterId !== currentClusterId) return "replaced";
    if (seen === null || (records[0]?.offset ?? 0) > seen[0]) return "same";
    // It goes on where it was routed already: after a crash, or because it is another log.
    const there = records.find(({ offset }) => offset === seen[0]);
    if (there !== undefined) return recordIdentity(there) === seen[1] ? "same" : "replaced";
    const lines = toLines({ partition, epoch }, seen, records);
    if (lines.length === 0) return "unknown";
    return (await this.#deps.log.holdsAny(lines)) ? "same" : "replaced";
  }
}

/** Those of the records that are in the event log if they were routed. */
function toLines(
  place: { readonly partition: number; readonly epoch: number },
  seen: RoutedRecord,
  records: readonly ConsumedRecord[],
): Parameters<EventLog["holdsAny"]>[0] {
  return records.flatMap((record) => {
    const { offset } = record;
    const decoded = offset < seen[0] ? decodeEventsRecord(record) : undefined;
    if (!decoded?.ok || decoded.value.body === null) return [];
    const { workspaceId, recordId } = decoded.value.meta;
    return [{ workspaceId, recordId, position: { ...place, offset } }];
  });
}
