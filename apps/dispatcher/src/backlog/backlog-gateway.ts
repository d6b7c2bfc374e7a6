import type { EndpointId } from "@hooklane/core";
import {
  type BacklogDeletion,
  type BacklogPage,
  type PartitionCheckpoint,
  type ReadDecision,
  type StoredDelivery,
  toLogPlace,
} from "@hooklane/lanes";
import { type Logger, retryForever } from "@hooklane/service";
import type { BacklogRepository, ConfigCopy } from "@hooklane/store";
import type { DispatcherMetrics } from "../metrics.js";
import { fromBacklogRecord, toParkedRecord } from "./backlog-codec.js";
import { Turns } from "./turns.js";

/** Reads of the backlog at once, all partitions together: a thousand lanes may want to read when a receiver recovers. */
const READS_MAX = 32;

/** What a gateway works with. */
export interface BacklogGatewayParts {
  readonly repository: Pick<BacklogRepository, "park" | "read" | "deleteUpTo" | "deleteResolved">;
  readonly configuration: Pick<ConfigCopy, "workspace">;
  readonly metrics: DispatcherMetrics;
  readonly logger: Logger;
}

/**
 * Carries out what the lanes of all partitions decide about their backlog (lanes.md §5, §6). What is written and read is
 * repeated until the database answers or the partition is given up; what is deleted is tried once.
 */
export class BacklogGateway {
  readonly #parts: BacklogGatewayParts;
  readonly #turns = new Turns(READS_MAX);

  constructor(parts: BacklogGatewayParts) {
    this.#parts = parts;
  }

  /**
   * Resolves once all of it is stored. A write is the same however often it is made.
   *
   * @throws the signal's reason
   */
  async park(
    { partition, epoch }: { readonly partition: number; readonly epoch: number },
    deliveries: readonly StoredDelivery[],
    signal: AbortSignal,
  ): Promise<void> {
    const { repository, metrics } = this.#parts;
    const records = deliveries.map((each) => toParkedRecord(partition, each, this.#isSealed(each)));
    const stop = metrics.parkSeconds.startTimer();
    await this.#surely("backlog.not_parked", partition, signal, () => repository.park(records, epoch));
    stop();
    metrics.parked.inc(records.length);
  }

  /** @throws the signal's reason */
  async read(partition: number, read: ReadDecision, signal: AbortSignal): Promise<BacklogPage> {
    const { endpointId, after, upTo, recordsMax, bytesMax } = read;
    const range = { after: toLogPlace(after), ...(upTo !== undefined && { upTo: toLogPlace(upTo) }) };
    return this.#surely("backlog.not_read", partition, signal, () =>
      this.#turns.take(async () => {
        signal.throwIfAborted();
        const { repository } = this.#parts;
        const page = await repository.read({ endpointId, partition }, range, { recordsMax, bytesMax });
        return { records: page.records.map(fromBacklogRecord), isComplete: page.isComplete };
      }),
    );
  }

  /** What fails is deleted with what follows, or by the partition's next owner. */
  async collect(partition: number, deletions: readonly BacklogDeletion[]): Promise<void> {
    const { repository, logger, metrics } = this.#parts;
    try {
      for (const { endpointId, upTo } of deletions)
        metrics.collected.inc(await repository.deleteUpTo({ endpointId, partition }, toLogPlace(upTo)));
    } catch (err) {
      logger.warn({ err, partition }, "backlog.not_collected");
    }
  }

  /** What former owners left behind; once the first checkpoint of a claim is stored. */
  async collectLeftovers(partition: number, logEpoch: number, stored: PartitionCheckpoint): Promise<void> {
    const { repository, logger, metrics } = this.#parts;
    const { committed, lanes } = stored;
    try {
      const kept = Object.keys(lanes) as EndpointId[];
      metrics.collected.inc(await repository.deleteResolved(partition, { logEpoch, committed }, kept));
    } catch (err) {
      logger.warn({ err, partition }, "backlog.left_not_collected");
    }
  }

  /** Of a workspace that names fields not to be stored. Which events have them is not looked at: sealing costs less. */
  #isSealed({ facts }: StoredDelivery): boolean {
    const workspace = this.#parts.configuration.workspace(facts.workspaceId);
    return workspace === undefined || workspace.redact.length > 0;
  }

  #surely<T>(event: string, partition: number, signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    const { logger } = this.#parts;
    return retryForever(call, {
      signal,
      onError: (err, attempt, waitMs) => logger.warn({ err, partition, attempt, waitMs }, event),
    });
  }
}
