import { isSampled, toSpanId, toTraceId, toTraceparent } from "@hooklane/core";
import { type ReadableSpan, InMemorySpanExporter } from "@opentelemetry/sdk-trace";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { loadConfig } from "../config/load-config.js";
import { createLogger } from "../logger.js";
import { createMetrics } from "../metrics.js";
import { openRecordedTraces } from "./recorded-traces.js";
import { createTraceMetrics } from "./trace-metrics.js";
import { tracesConfig } from "./traces-config.js";

const TRACE = "a".repeat(32);
const SEEN = { traceparent: toTraceparent(TRACE, "1".repeat(16), true), tracestate: "rojo=1,congo=2" };
const UNSEEN = { traceparent: toTraceparent(TRACE, "1".repeat(16), false) };

let exported: ReadableSpan[];
beforeEach(() => {
  exported = [];
});

/** Keeps what is exported also once it is shut down. */
class KeepingExporter extends InMemorySpanExporter {
  override export(...[spans, done]: Parameters<InMemorySpanExporter["export"]>): void {
    exported.push(...spans);
    super.export(spans, done);
  }
}

function open(env: Record<string, string> = {}) {
  const metrics = createMetrics("test", { processMetrics: false });
  const config = loadConfig(z.object(tracesConfig), { TRACES: "otlp", ...env });
  const logger = createLogger("test", "silent");
  const traces = openRecordedTraces(
    { service: "router", config, logger, ...createTraceMetrics(metrics) },
    new KeepingExporter(),
  );
  return { traces, metrics };
}

const sampledShare = (env: Record<string, string>, parent?: { readonly traceparent: string }) => {
  const { traces } = open(env);
  const steps = Array.from({ length: 400 }, () => traces.begin("ingest", { kind: "server", parent }));
  return steps.filter((step) => step?.span !== undefined).length / steps.length;
};

describe("whether a trace is recorded", () => {
  test("is the producer's decision where it names a trace", () => {
    expect(sampledShare({}, SEEN)).toBe(1);
    expect(sampledShare({}, UNSEEN)).toBe(0);
  });

  test("is a matter of the share where it names none, one in a hundred by default", () => {
    expect(sampledShare({})).toBeLessThan(0.1);
    expect(sampledShare({ OTEL_TRACES_SAMPLER_ARG: "1" })).toBe(1);
    expect(sampledShare({ OTEL_TRACES_SAMPLER_ARG: "0" })).toBe(0);
    const half = sampledShare({ OTEL_TRACES_SAMPLER_ARG: "0.5" });
    expect(half).toBeGreaterThan(0.3);
    expect(half).toBeLessThan(0.7);
  });

  test.each([
    ["always_on", 1, 1],
    ["always_off", 0, 0],
    ["traceidratio", 0, 0],
    ["parentbased_always_on", 1, 1],
    ["parentbased_always_off", 0, 1],
  ])("can be left to %s", (name, ofRoots, ofSeen) => {
    const env = { OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: "0" };
    expect([sampledShare(env), sampledShare(env, SEEN)]).toEqual([ofRoots, ofSeen]);
  });

  test("is told to what follows, also where we do not record what a producer does", () => {
    const { traces } = open({ OTEL_TRACES_SAMPLER: "always_off" });
    const step = traces.begin("ingest", { kind: "server", parent: SEEN })!;
    expect([step.span, isSampled(step.context), toTraceId(step.context)]).toEqual([undefined, false, TRACE]);
    expect(traces.begin("ingest", { kind: "server", parent: undefined })).toBeUndefined();
  });
});

test("a step reaches the collector with its place, its times, its links and what was noted, under the service's name", async () => {
  const { traces, metrics } = open();
  const step = traces.begin("attempt", {
    kind: "client",
    parent: SEEN,
    links: [UNSEEN],
    startedAtMs: 1_000_000,
  })!;
  expect(step.context.tracestate).toBe(SEEN.tracestate);
  step.span!.note({ "hooklane.attempt": 2, "hooklane.reason": undefined });
  step.span!.fail("timeout");
  step.span!.end(1_000_250);
  await traces.close();
  const [span] = exported;
  expect(span!.spanContext()).toMatchObject({ traceId: TRACE, spanId: toSpanId(step.context) });
  expect(span).toMatchObject({
    name: "attempt",
    parentSpanContext: { spanId: "1".repeat(16), isRemote: true },
    links: [{ context: { traceId: TRACE, traceFlags: 0 } }],
    startTime: [1_000, 0],
    endTime: [1_000, 250_000_000],
    attributes: { "hooklane.attempt": 2, "error.type": "timeout" },
    status: { code: 2, message: "timeout" },
  });
  expect(span!.resource.attributes).toMatchObject({
    "service.name": "hooklane-router",
    "service.namespace": "hooklane",
  });
  expect(await metrics.registry.metrics()).toMatch(/trace_spans_total\{outcome="exported".*\} 1/);
});
