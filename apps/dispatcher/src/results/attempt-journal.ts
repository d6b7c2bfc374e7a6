import { type AttemptEnd, isUnsent, type TraceContext } from "@hooklane/core";
import type { Report, SendDecision } from "@hooklane/lanes";
import type { Logger } from "@hooklane/service";
import type { DispatcherMetrics } from "../metrics.js";
import { toLogFields } from "../tracing/delivery-traces.js";

const NUMBER_LABEL_MAX = 4;

/** Counts and logs what happened: one wide line an attempt, never payloads, secrets or URLs (style.md §8). */
export class AttemptJournal {
  readonly #metrics: DispatcherMetrics;
  readonly #logger: Logger;
  readonly #logsSuccesses: boolean;

  constructor(metrics: DispatcherMetrics, logger: Logger) {
    this.#metrics = metrics;
    this.#logger = logger;
    this.#logsSuccesses = logger.isLevelEnabled("debug");
  }

  /** A request ended; what it led to is told by {@link record}, unless its partition was given up meanwhile. */
  recordRequest(
    { pool, batched, records }: SendDecision,
    { outcome, startedAt, durationMs }: AttemptEnd,
  ): void {
    if (outcome.kind === "own_fault" || isUnsent(outcome)) return;
    this.#metrics.requests.inc({ pool });
    if (outcome.kind !== "succeeded") return;
    this.#metrics.deliveriesSucceeded.inc({ pool }, records.length);
    // A batch waits to be full, and a resend for its turn: neither says how fast a healthy lane is.
    if (pool !== "live" || batched) return;
    for (const { facts } of records) {
      if (facts.trigger === "manual") continue;
      const latencyMs = startedAt + durationMs - facts.acceptedAt;
      this.#metrics.liveLatencySeconds.observe(Math.max(0, latencyMs) / 1000);
    }
  }

  /** @param trace of the attempt, where it is recorded */
  record(report: Report, trace?: TraceContext): void {
    if (report.kind === "settled") {
      const { status, reason, records } = report;
      this.#metrics.deliveries.inc({ status, reason }, records.length);
      return;
    }
    const { attempt, end, next, records } = report;
    const outcome = end.outcome.kind === "failed" ? end.outcome.error : "delivered";
    this.#metrics.attempts.inc({ outcome, number: Math.min(attempt, NUMBER_LABEL_MAX) });
    if (!isUnsent(end.outcome)) this.#metrics.attemptSeconds.observe(end.durationMs / 1000);
    if (next.kind !== "retrying") {
      const reason = "reason" in next ? next.reason : "";
      this.#metrics.deliveries.inc({ status: next.kind, reason }, records.length);
    }
    if (attempt === 1) {
      for (const { facts } of records)
        this.#metrics.firstAttemptLatencySeconds.observe(
          Math.max(0, end.startedAt - facts.acceptedAt) / 1000,
        );
    }
    const isOrdinary = attempt === 1 && next.kind === "delivered";
    // A success at the first try is most of the traffic: its line costs as much as signing it, and says nothing new.
    if (isOrdinary && !this.#logsSuccesses) return;
    this.#logger[isOrdinary ? "debug" : "info"](
      { ...toFields(report), ...toLogFields(report, trace) },
      "delivery.attempt",
    );
  }
}

function toFields({ attempt, batched, end, next, records }: Extract<Report, { kind: "attempt" }>) {
  const facts = records[0]?.facts;
  return {
    workspaceId: facts?.workspaceId,
    webhookId: facts?.webhookId,
    endpointId: facts?.endpointId,
    deliveryId: facts?.deliveryId,
    eventType: facts?.type,
    ...(batched && { events: records.length }),
    attempt,
    durationMs: Math.round(end.durationMs),
    ...(end.outcome.kind !== "own_fault" && { statusCode: end.outcome.statusCode }),
    ...(end.outcome.kind === "failed" && { error: end.outcome.error, detail: end.outcome.detail }),
    next: next.kind,
    ...("reason" in next && { reason: next.reason }),
    ...(next.kind === "retrying" && { nextAttemptAt: new Date(next.dueAt) }),
  };
}
