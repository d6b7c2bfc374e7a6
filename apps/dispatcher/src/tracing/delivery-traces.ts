import { type AttemptEnd, isSampled, toSpanId, type TraceContext, toTraceId } from "@hooklane/core";
import type { LaneRecord, Report, SendDecision } from "@hooklane/lanes";
import type { Clock, Span, SpanAttributes, TracedStep, Traces } from "@hooklane/service";

/** What receivers are told of a trace. They are third parties: notes of tracing systems are for our own side. */
export type ToldReceivers = "nothing" | "traceparent" | "all";

/** What a log line says of a trace. */
interface TraceLogFields {
  readonly trace_id: string;
  /** Of the attempt; absent where it is not recorded. */
  readonly span_id?: string;
}

/**
 * Records the last part of a traced event's way: how long it waited in line, and every attempt. The attempt's place in
 * the trace goes with the request. A batch is one attempt: it hangs on the first of its events that is recorded, is
 * linked to all others that are traced, and their waits are linked to it.
 */
export class DeliveryTraces {
  readonly #traces: Traces;
  readonly #told: ToldReceivers;
  /** The lanes', as their times are those of the spans. */
  readonly #clock: Pick<Clock, "now">;
  /** Requests that have not ended. */
  readonly #open = new Map<SendDecision, TracedStep>();
  /** Those that have, as long as somebody knows of their end. */
  readonly #ended = new WeakMap<AttemptEnd, TracedStep>();
  /** What was sent once has waited: a request that was refused or failed on our side is decided again. */
  readonly #waited = new WeakSet<LaneRecord>();

  constructor(traces: Traces, told: ToldReceivers, clock: Pick<Clock, "now">) {
    this.#traces = traces;
    this.#told = told;
    this.#clock = clock;
  }

  /** A request is made. @returns what its receiver is told; undefined: nothing */
  begin(decision: SendDecision): TraceContext | undefined {
    const parent = toParent(decision.records);
    if (parent === undefined) return undefined;
    const startedAtMs = this.#clock.now();
    const links = toLinks(decision, parent);
    const step = this.#traces.begin("attempt", { kind: "client", parent, links, startedAtMs });
    if (step === undefined) return undefined;
    if (step.span !== undefined) this.#note(decision, step.span);
    if (decision.attempt === 1)
      for (const record of decision.records) this.#waitedUntil(record, startedAtMs, undefined, step);
    this.#open.set(decision, step);
    const { traceparent, tracestate } = step.context;
    if (this.#told === "nothing") return undefined;
    return this.#told === "all" ? { traceparent, tracestate } : { traceparent };
  }

  /** It did not leave, and is no attempt. */
  refused(decision: SendDecision): void {
    const { span } = this.#take(decision) ?? {};
    span?.note({ "hooklane.next": "refused" });
    span?.end(this.#clock.now());
  }

  /** @param isGivenUp its partition is another process's: nobody tells what follows */
  ended(decision: SendDecision, end: AttemptEnd, isGivenUp: boolean): void {
    const step = this.#take(decision);
    if (step === undefined) return;
    this.#ended.set(end, step);
    const { span } = step;
    if (span === undefined) return;
    noteOutcome(span, end);
    // Our own faults count for nothing, and are not reported.
    if (isGivenUp || end.outcome.kind === "own_fault") span.end(toEndedAt(end));
  }

  /** What an attempt led to, or why there is none. */
  reported(report: Report): void {
    if (report.kind === "settled") {
      const outcome = { "hooklane.status": report.status, "hooklane.reason": report.reason };
      for (const record of report.records) this.#waitedUntil(record, report.at, outcome);
      return;
    }
    const { end, next } = report;
    const span = this.#ended.get(end)?.span;
    if (span === undefined) return;
    span.note({ "hooklane.next": next.kind, "hooklane.reason": "reason" in next ? next.reason : undefined });
    if (next.kind === "retrying")
      span.note({ "hooklane.next_attempt_at": new Date(next.dueAt).toISOString() });
    span.end(toEndedAt(end));
  }

  /** The attempt of a report, where it is recorded. */
  attemptOf(report: Report): TraceContext | undefined {
    const step = report.kind === "attempt" ? this.#ended.get(report.end) : undefined;
    return step?.span && step.context;
  }

  #take(decision: SendDecision): TracedStep | undefined {
    const step = this.#open.get(decision);
    if (step !== undefined) this.#open.delete(decision);
    return step;
  }

  #note({ records, batched, attempt, pool }: SendDecision, span: Span): void {
    const [first] = records;
    span.note({
      "hooklane.workspace_id": first?.facts.workspaceId,
      "hooklane.webhook_id": first?.facts.webhookId,
      "hooklane.endpoint_id": first?.facts.endpointId,
      "hooklane.delivery_id": first?.facts.deliveryId,
      "hooklane.event_type": first?.facts.type,
      "hooklane.trigger": first?.facts.trigger,
      "hooklane.attempt": attempt,
      "hooklane.pool": pool,
      "messaging.batch.message_count": batched ? records.length : undefined,
    });
  }

  /** @param attempt what it waited for, where that hangs on another event of its batch */
  #waitedUntil(
    record: LaneRecord,
    untilMs: number,
    outcome: SpanAttributes | undefined,
    attempt?: TracedStep,
  ): void {
    const { facts, enqueuedAt, isFromBacklog } = record;
    const parent = toTraceContext(record);
    if (parent === undefined || this.#waited.has(record)) return;
    this.#waited.add(record);
    const startedAtMs = Number.isFinite(enqueuedAt) ? enqueuedAt : facts.acceptedAt;
    const isElsewhere = attempt?.span !== undefined && toTraceId(attempt.context) !== toTraceId(parent);
    const links = isElsewhere ? [attempt.context] : undefined;
    const span = this.#traces.begin("wait", { kind: "internal", parent, links, startedAtMs })?.span;
    span?.note({
      "hooklane.delivery_id": facts.deliveryId,
      "hooklane.webhook_id": facts.webhookId,
      "hooklane.endpoint_id": facts.endpointId,
      "hooklane.from_backlog": isFromBacklog,
      ...outcome,
    });
    span?.end(Math.max(startedAtMs, untilMs));
  }
}

/**
 * What a log line about a report says of its trace; with `attempt`, of that.
 *
 * @returns undefined where none of its events is traced
 */
export function toLogFields(report: Report, attempt: TraceContext | undefined): TraceLogFields | undefined {
  if (attempt !== undefined) return { trace_id: toTraceId(attempt), span_id: toSpanId(attempt) };
  const traced = toParent(report.records);
  return traced && { trace_id: toTraceId(traced) };
}

function noteOutcome(span: Span, { outcome, startedAt }: AttemptEnd): void {
  switch (outcome.kind) {
    case "succeeded":
      span.note({ "http.response.status_code": outcome.statusCode });
      break;
    case "failed":
      span.note({ "http.response.status_code": outcome.statusCode });
      span.fail(outcome.error);
      break;
    case "own_fault":
      span.note({ "hooklane.next": "deferred" });
      span.fail(outcome.fault);
  }
  // Before it there were a token and a socket to wait for.
  span.note({ "hooklane.started_at": new Date(startedAt).toISOString() });
}

const toEndedAt = ({ startedAt, durationMs }: AttemptEnd): number => startedAt + durationMs;

/** The first that is recorded, else the first that is traced at all. */
function toParent(records: readonly LaneRecord[]): TraceContext | undefined {
  let parent: TraceContext | undefined;
  for (const record of records) {
    if (record.facts.traceparent === undefined) continue;
    const context = toTraceContext(record);
    if (context !== undefined && isSampled(context)) return context;
    parent ??= context;
  }
  return parent;
}

function toLinks({ records }: SendDecision, parent: TraceContext): readonly TraceContext[] | undefined {
  if (records.length === 1) return undefined;
  const others = records.flatMap((record) => toTraceContext(record) ?? []);
  return others.filter((other) => isSampled(other) && other.traceparent !== parent.traceparent);
}

function toTraceContext({ facts: { traceparent, tracestate } }: LaneRecord): TraceContext | undefined {
  return traceparent === undefined ? undefined : { traceparent, tracestate };
}
