import { encodeEvent } from "@hooklane/contracts";
import { toReleaseRecordId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { ScheduledEvent, ScheduledEvents } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";

export interface ScheduledReleaserOptions {
  readonly scheduled: Pick<
    ScheduledEvents,
    "now" | "due" | "oldestDue" | "claim" | "markReleased" | "countWaiting"
  >;
  readonly producer: Pick<Producer, "sendAll">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** Events of one workspace a sweep releases at most: what is accepted meanwhile has its share of the line. */
  readonly perWorkspaceMax: number;
  readonly metrics: HealthMetrics;
  readonly logger: Pick<Logger, "error">;
}

/** What is handed to the broker together. */
const BATCH_RECORDS_MAX = 500;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/** Counting a million that wait takes the database a while; it is done at every so manieth sweep. */
const SWEEPS_A_COUNT = 30;

/**
 * Puts scheduled events in line when they are due (product.md O3). Claimed, produced, awaited, then marked: whoever
 * dies in between, the next sweep of any process releases them again under the same record id, and the router drops that
 * as a repeat. So two releasers are harmless, too. What was claimed cannot be cancelled any more, and what was cancelled
 * is not claimed. The database's clock decides what is due.
 */
export class ScheduledReleaser {
  readonly #options: ScheduledReleaserOptions;
  #sweeps = 0;

  constructor(options: ScheduledReleaserOptions) {
    this.#options = options;
  }

  /** Releases what is due, paced by how often it is called. While Kafka is away it waits for it, without limit. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { scheduled, perWorkspaceMax, logger } = this.#options;
    const now = await scheduled.now();
    const due = scheduled.due(now, perWorkspaceMax, ({ workspaceId, eventId }, err) =>
      logger.error({ err, workspaceId, eventId }, "scheduled.unreadable"),
    );
    let batch: ScheduledEvent[] = [];
    let bytes = 0;
    for await (const event of due) {
      if (signal.aborted) return;
      batch.push(event);
      bytes += event.body.byteLength;
      if (batch.length < BATCH_RECORDS_MAX && bytes < BATCH_BYTES_MAX) continue;
      await this.#release(batch, now, signal);
      batch = [];
      bytes = 0;
    }
    await this.#release(batch, now, signal);
    await this.#measure(now);
  }

  async #release(due: readonly ScheduledEvent[], now: Date, signal: AbortSignal): Promise<void> {
    const { scheduled, producer, eventsTopic, metrics } = this.#options;
    const events = await scheduled.claim(due);
    if (events.length === 0) return;
    try {
      await producer.sendAll(events.map((event) => toOutgoingRecord(toRelease(eventsTopic, event, now))));
    } catch (error) {
      // Stopped while the broker was away; they are still due.
      if (signal.aborted) return;
      throw error;
    }
    await scheduled.markReleased(events);
    metrics.scheduledReleased.inc(events.length);
    for (const { deliverAt } of events) {
      metrics.scheduledReleaseLate.observe((now.getTime() - deliverAt.getTime()) / 1_000);
    }
  }

  async #measure(now: Date): Promise<void> {
    const { scheduled, metrics } = this.#options;
    if (this.#sweeps++ % SWEEPS_A_COUNT === 0) metrics.scheduledWaiting.set(await scheduled.countWaiting());
    const oldest = await scheduled.oldestDue(now);
    metrics.scheduledOverdue.set(oldest ? (now.getTime() - oldest.getTime()) / 1_000 : 0);
  }
}

/** Accepted into the line now; matched now. */
function toRelease(topic: string, event: ScheduledEvent, now: Date) {
  const {
    workspaceId,
    eventId,
    position,
    type,
    source,
    ignoresSourceFilter,
    schemaWarning,
    traceparent,
    tracestate,
    deliverAt,
    body,
  } = event;
  const meta = {
    workspaceId,
    recordId: toReleaseRecordId(eventId),
    eventId,
    type,
    source,
    acceptedAt: now.getTime(),
    deliverAt: deliverAt.getTime(),
    release: true as const,
    ...(ignoresSourceFilter && { ignoresSourceFilter }),
    ...(schemaWarning !== undefined && { schemaWarning }),
    traceparent,
    tracestate,
  };
  return encodeEvent(topic, position.partition, meta, body);
}
