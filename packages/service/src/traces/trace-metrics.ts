import type { Counter, Metrics } from "../metrics.js";

/** What became of spans that ended. */
export type SpanOutcome = "exported" | "failed" | "dropped";

/** There from the start, also where nothing is traced. */
export function createTraceMetrics(metrics: Pick<Metrics, "counter">): {
  readonly spans: Counter<"outcome">;
} {
  const spans = metrics.counter({
    name: "trace_spans_total",
    help: "Do spans reach the collector? exported, failed (it refused them, or was away), or dropped (too many were waiting for it)",
    labels: ["outcome"],
  });
  for (const outcome of ["exported", "failed", "dropped"] as const) spans.inc({ outcome }, 0);
  return { spans };
}
