import {
  decodeEventsRecord,
  encodeDelivery,
  encodeRejected,
  type LineMeta,
  type OutgoingRecord,
} from "@hooklane/contracts";
import { type AttemptTrigger, toTraceId } from "@hooklane/core";
import { type ConsumedRecord, type PartitionBatch } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type {
  ConfigCopy,
  EventLog,
  NewLoggedEvent,
  Recorded,
  RoutingDecision,
  ScheduledEvents,
} from "@hooklane/store";
import type { ConfigGate } from "../control/config-gate.js";
import { RecoveryMarks, type RecoveryMarksDeps } from "../recovery/recovery-marks.js";
import {
  decide,
  type DecideDeps,
  decideLost,
  type InLine,
  isAimed,
  isToBeKept,
  UnknownWebhookError,
} from "./decide.js";
import type { LogEpochs } from "./log-epochs.js";
import { type RouteTraces, toTraceContext, type TracedRun } from "./route-traces.js";
import { keepScheduled, noteReleases } from "./schedule.js";

/** What became of a record of `events.v1`. A replay is counted as `replayed` beside. */
export type RoutingOutcome =
  | "routed"
  | "unmatched"
  | "suppressed"
  | "scheduled"
  | "resent"
  | "test"
  | "duplicate"
  | "control"
  | "unreadable";

export interface EventRouterDeps extends DecideDeps {
  readonly copy: DecideDeps["copy"] &
    Pick<ConfigCopy, "refreshWebhook" | "refreshWorkspace" | "catchUpWebhooks">;
  readonly log: Pick<EventLog, "record" | "markReleased" | "readOriginalBody">;
  readonly recovery: Pick<RecoveryMarksDeps, "recoveries" | "owed" | "webhooks" | "contacts" | "now">;
  readonly scheduled: Pick<ScheduledEvents, "add">;
  /** Positions carry the epoch, so that those of another log are never taken for repeats. */
  readonly epochs: Pick<LogEpochs, "epochOf" | "noteRouted">;
  readonly gate: ConfigGate;
  readonly topics: { readonly deliveries: string; readonly rejected: string };
  /** Resolves once the broker has all of them, in their order; repeats without limit. */
  readonly send: (records: readonly OutgoingRecord[]) => Promise<void>;
  readonly onRouted: (outcome: RoutingOutcome, deliveries: number) => void;
  readonly onReplayed: () => void;
  /** Undefined where nothing is traced. */
  readonly traces?: RouteTraces | undefined;
  readonly logger: Logger;
}

/** One send of a fan-out at most, bytes: what waits for the broker stays bounded (lanes.md §2.6). */
const FAN_OUT_BYTES_MAX = 4 * 1024 * 1024;

/** The partition waits there: what stands behind must not overtake it, and it is not to be guessed at (ADR 0033). */
class NewerRecordError extends Error {
  override readonly name = "NewerRecordError";

  constructor(
    { topic, partition }: Pick<PartitionBatch, "topic" | "partition">,
    { offset, detail }: { readonly offset: number; readonly detail: string },
  ) {
    super(`${topic}/${partition} waits at offset ${offset} for a router of a newer release: ${detail}`);
  }
}

/**
 * Routes the records of one partition of `events.v1`, in order (architecture.md §3): the decision is in the event log
 * before anything is produced, one record of `deliveries.v1` per matching webhook, then the offsets are committed. A
 * crash anywhere repeats the batch, which continues from the stored decisions with the same deliveries at the same
 * source positions.
 */
export class EventRouter {
  readonly #deps: EventRouterDeps;
  readonly #recoveryMarks: RecoveryMarks;
  /** Partitions, each as long as it is owned, for which the copy was looked at: see {@link handle}. */
  readonly #taken = new WeakSet<AbortSignal>();
  /** Likewise: the first record this version cannot read. What stands before it was routed. */
  readonly #readTo = new WeakMap<AbortSignal, number>();

  constructor(deps: EventRouterDeps) {
    this.#deps = deps;
    this.#recoveryMarks = new RecoveryMarks({ ...deps.recovery, ...deps, route: (run) => this.#route(run) });
  }

  /** @param signal the same one for all batches of a partition, as long as it is owned */
  readonly handle = async (batch: PartitionBatch, signal: AbortSignal): Promise<void> => {
    const { gate, copy, epochs, onRouted } = this.#deps;
    if (!this.#taken.has(signal)) {
      // The owner before may have passed a change which our stream has not brought yet.
      await copy.catchUpWebhooks();
      this.#taken.add(signal);
    }
    const epoch = await epochs.epochOf(batch, signal);
    let run: InLine[] = [];
    const refused: OutgoingRecord[] = [];
    let tooNew: { readonly offset: number; readonly detail: string } | undefined;
    for (const record of batch.records) {
      if (record.offset < (this.#readTo.get(signal) ?? 0)) continue;
      const decoded = decodeEventsRecord(record);
      if (!decoded.ok && decoded.isTooNew) {
        tooNew = { offset: record.offset, detail: decoded.detail };
        break;
      }
      if (!decoded.ok) {
        refused.push(this.#refuse(record, decoded.detail));
        continue;
      }
      const { meta, body } = decoded.value;
      const { partition, offset } = record;
      const position = { partition, epoch, offset };
      if (body !== null) {
        run.push({ meta, body, position });
      } else {
        onRouted("control", 0);
        if (meta.kind === "control" && gate.isOpen(meta)) continue;
        // What stands before a change is matched without waiting for it, what stands behind only with it.
        await this.#route(run);
        run = [];
        await gate.pass(batch.partition, meta, signal);
        if (meta.kind === "recovery_begin") await this.#recoveryMarks.begin(meta, position);
        if (meta.kind === "recovery_end") await this.#recoveryMarks.end(meta, position);
      }
    }
    signal.throwIfAborted();
    await this.#route(run);
    if (refused.length > 0) await this.#deps.send(refused);
    if (tooNew === undefined) {
      epochs.noteRouted(batch, signal);
      return;
    }
    this.#readTo.set(signal, tooNew.offset);
    throw new NewerRecordError(batch, tooNew);
  };

  async #route(run: readonly InLine[]): Promise<void> {
    if (run.length === 0) return;
    const traced = this.#deps.traces?.begin(run);
    if (traced === undefined) return this.#routeAll(run);
    try {
      await this.#routeAll(run, traced);
    } catch (error) {
      traced.end(true);
      throw error;
    }
    traced.end();
  }

  async #routeAll(run: readonly InLine[], traced?: TracedRun): Promise<void> {
    const events: NewLoggedEvent[] = [];
    for (const event of run) events.push(await this.#decide(event));
    const outcomes = await this.#deps.log.record(events);
    const isDecided = (_: unknown, index: number) => outcomes[index]?.kind === "decided";
    const acted = run.filter(isDecided);
    await keepScheduled(this.#deps.scheduled, acted, events.filter(isDecided));
    await noteReleases(this.#deps.log, acted);
    await this.#fanOut(run, outcomes, traced);
  }

  async #decide(event: InLine): Promise<NewLoggedEvent> {
    const { workspaceId } = event.meta;
    // One made a moment ago: what of its events may be stored is in it.
    if (!this.#deps.copy.workspace(workspaceId)) await this.#deps.copy.refreshWorkspace(workspaceId);
    try {
      return decide(this.#deps, event);
    } catch (error) {
      if (!(error instanceof UnknownWebhookError)) throw error;
      // A webhook came through the change stream before its endpoint, or a resend before both.
      const found = await this.#deps.copy.refreshWebhook(error.webhookId);
      if (found || !isAimed(event)) return decide(this.#deps, event);
      const { recordId, webhookId } = event.meta;
      this.#deps.logger.warn({ recordId, webhookId, ...toLogFields(event) }, "router.unknown_webhook");
      return decideLost(this.#deps, event);
    }
  }

  async #fanOut(
    run: readonly InLine[],
    outcomes: readonly Recorded[],
    traced: TracedRun | undefined,
  ): Promise<void> {
    let records: OutgoingRecord[] = [];
    let bytes = 0;
    for (const [index, event] of run.entries()) {
      const outcome = outcomes[index];
      const decision = this.#count(event, outcome, traced);
      const trace = traced === undefined ? event.meta : traced.contextOf(event);
      for (const delivery of decision?.matched ?? []) {
        records.push(this.#toRecord(event, delivery, trace));
        bytes += event.body.byteLength;
      }
      if (bytes < FAN_OUT_BYTES_MAX) continue;
      await this.#deps.send(records);
      records = [];
      bytes = 0;
    }
    if (records.length > 0) await this.#deps.send(records);
  }

  /** @returns the decision to act on; undefined for a duplicate, and for a test that was sent before it came here */
  #count(
    record: InLine,
    outcome: Recorded | undefined,
    traced: TracedRun | undefined,
  ): RoutingDecision | undefined {
    const { meta, position } = record;
    const { onRouted, onReplayed, logger } = this.#deps;
    if (outcome?.kind !== "decided") {
      logger.debug(
        { recordId: meta.recordId, ...position, ...toLogFields(record) },
        "router.duplicate_dropped",
      );
      onRouted("duplicate", 0);
      traced?.decided(record, "duplicate", 0);
      return undefined;
    }
    if (outcome.isReplay) onReplayed();
    const { matched } = outcome.decision;
    const isSent = meta.kind === "test" && meta.isSent === true;
    const deliveries = isSent ? 0 : matched.length;
    const became = toOutcome(record, matched.length);
    onRouted(became, deliveries);
    traced?.decided(record, became, deliveries);
    return isSent ? undefined : outcome.decision;
  }

  #toRecord(
    { meta, body, position }: InLine,
    delivery: RoutingDecision["matched"][number],
    trace: Pick<LineMeta, "traceparent" | "tracestate"> | undefined,
  ): OutgoingRecord {
    const { workspaceId, eventId, type, contactId, acceptedAt } = meta;
    const { webhookId, generation, version, endpointId, partition, ordinal, deliveryId } = delivery;
    return encodeDelivery(
      this.#deps.topics.deliveries,
      partition,
      {
        workspaceId,
        webhookId,
        generation,
        version,
        endpointId,
        deliveryId,
        eventId,
        type,
        ...(contactId !== undefined && { contactId }),
        ...(meta.kind === "resend" && meta.isContactDeleted && { isContactDeleted: true as const }),
        trigger: toTrigger(meta),
        acceptedAt,
        source: [position.partition, position.epoch, position.offset, ordinal],
        traceparent: trace?.traceparent,
        tracestate: trace?.tracestate,
      },
      body,
    );
  }

  /** Written by ourselves or by somebody who may write there; kept, said, and not in the way of the others. */
  #refuse(record: ConsumedRecord, detail: string): OutgoingRecord {
    const { topic, partition, offset } = record;
    this.#deps.logger.error({ topic, partition, offset, detail }, "router.unreadable_record");
    this.#deps.onRouted("unreadable", 0);
    return encodeRejected(
      this.#deps.topics.rejected,
      { topic, record: record },
      { code: "unreadable_record", detail },
    );
  }
}

/** What a log line about an event that is traced says of it. */
function toLogFields(record: InLine): { readonly trace_id: string } | undefined {
  const context = toTraceContext(record);
  return context && { trace_id: toTraceId(context) };
}

/** What a recovery sends was asked for by nobody in particular. */
function toTrigger(meta: LineMeta): AttemptTrigger {
  if (meta.kind === "test") return "test";
  return meta.kind === "resend" && !meta.recovery ? "manual" : "automatic";
}

function toOutcome(record: InLine, deliveries: number): RoutingOutcome {
  const { meta } = record;
  if (meta.kind === "resend") return "resent";
  if (meta.kind === "test") return "test";
  if (isToBeKept(record)) return "scheduled";
  if (meta.suppressed) return "suppressed";
  return deliveries > 0 ? "routed" : "unmatched";
}
