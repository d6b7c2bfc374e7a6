import { type AttemptResult, decodeResults, type ResultRecord } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { type PartitionBatch, toRawRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { ConfigCopy, DeliveryLog, DeliveryRollups, SentRequests } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import type { DisableWebhook } from "../trips/disable-webhook.js";

export interface ResultsRecorderOptions {
  readonly deliveryLog: Pick<DeliveryLog, "record">;
  readonly sentRequests: Pick<SentRequests, "record">;
  /** Has to be flushed before offsets are committed. */
  readonly rollups: Pick<DeliveryRollups, "add">;
  readonly config: Pick<ConfigCopy, "workspace">;
  readonly disableWebhook: Pick<DisableWebhook, "apply">;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
}

/** For results of a workspace the copy does not have: one deleted, or one made a moment ago. */
const RETENTION_DAYS_UNKNOWN = 30;

/** A record that could be read, and its place. */
type PlacedRecord = ResultRecord & Pick<PartitionBatch["records"][number], "offset" | "timestampMs">;

/** Brings what the dispatchers did into the delivery log, and acts on `410 Gone` (product.md D11). */
export class ResultsRecorder {
  readonly #options: ResultsRecorderOptions;

  constructor(options: ResultsRecorderOptions) {
    this.#options = options;
  }

  /** Everything here is idempotent: a batch that failed half-way, or whose offsets were not committed, comes again. */
  async handle(batch: PartitionBatch): Promise<void> {
    const { config, deliveryLog, sentRequests, rollups, metrics } = this.#options;
    const records = batch.records
      .flatMap((record) => this.#decode(record))
      .map((record) => ({
        ...record,
        retentionDays: config.workspace(record.workspaceId)?.retentionDays ?? RETENTION_DAYS_UNKNOWN,
      }));
    const { repeated } = await deliveryLog.record(records);
    await sentRequests.record(records);
    if (repeated > 0) metrics.repeated.inc(repeated);
    for (const { workspaceId, results } of records) {
      for (const result of results) {
        if (isGone(result)) await this.#disable(workspaceId, result);
        metrics.results.inc({ kind: result.kind });
      }
    }
    rollups.add(`${batch.topic}/${batch.partition}`, records);
  }

  #decode(record: PartitionBatch["records"][number]): PlacedRecord[] {
    const { topic, partition, offset, timestampMs } = record;
    const decoded = decodeResults(toRawRecord(record));
    if (decoded.ok) return [{ ...decoded.value, offset, timestampMs }];
    if (decoded.isTooNew) {
      this.#options.metrics.unreadableResults.inc();
      // Nothing of the batch is recorded, and it comes again: until a process of the newer release has it (ADR 0033).
      throw new Error(
        `${topic}/${partition} waits at offset ${offset} for a newer release: ${decoded.detail}`,
      );
    }
    // Written by our own dispatchers only: a defect, which must not stop the log.
    this.#options.logger.error({ topic, partition, offset, detail: decoded.detail }, "results.unreadable");
    this.#options.metrics.unreadableResults.inc();
    return [];
  }

  async #disable(workspaceId: WorkspaceId, result: AttemptResult): Promise<void> {
    const { webhookId, generation, startedAt, durationMs, error, statusCode, errorDetail } = result;
    await this.#options.disableWebhook.apply(workspaceId, {
      webhookId,
      generation,
      reason: "gone",
      at: new Date(startedAt + durationMs),
      errorCounts: [],
      lastError: {
        ...(error !== undefined && { error }),
        ...(statusCode !== undefined && { statusCode }),
        ...(errorDetail !== undefined && { errorDetail }),
      },
    });
  }
}

function isGone(result: ResultRecord["results"][number]): result is AttemptResult {
  return result.kind === "attempt" && result.next.kind === "dead_letter" && result.next.reason === "gone";
}
