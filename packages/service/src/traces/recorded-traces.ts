import { randomUUID } from "node:crypto";
import {
  isSampled,
  toSpanId,
  toTraceId,
  toTraceparent,
  type TraceContext,
  withoutSampling,
} from "@hooklane/core";
import {
  createTraceState,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import type { TracesOptions } from "./traces-options.js";
import { toSampler } from "./sampler.js";
import { SpanQueue } from "./span-queue.js";
import type { createTraceMetrics, SpanOutcome } from "./trace-metrics.js";
import type { Span, SpanAttributes, SpanKind as Kind, Traces } from "./traces.js";

/** About 10 MB at most; a second of a process that records everything. */
const SPANS_MAX = 8_192;

const DELAY_MS = 2_000;

const KINDS: Readonly<Record<Kind, SpanKind>> = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
};

/** As {@link TracesOptions}, and where spans are counted. */
type RecordedTracesOptions = Omit<TracesOptions, "metrics"> & ReturnType<typeof createTraceMetrics>;

/**
 * Records spans and sends them to a collector (OTLP over HTTP, JSON).
 *
 * Loaded only where it is asked for: by a dynamic import, so that a service without traces pays nothing. No context is
 * kept beside the events (no AsyncLocalStorage): it travels in their records.
 *
 * @param exporter for tests
 */
export function openRecordedTraces(
  { service, config, logger, spans }: RecordedTracesOptions,
  exporter: SpanExporter = new OTLPTraceExporter(),
): Traces {
  const say = sayOnChange(logger);
  const queue = new SpanQueue({
    exporter,
    spansMax: SPANS_MAX,
    delayMs: DELAY_MS,
    onOutcome: (outcome, count) => {
      spans.inc({ outcome }, count);
      say(outcome);
    },
  });
  const provider = new TracerProvider({
    // What the environment says of the resource, OTEL_SERVICE_NAME too, comes before ours.
    resource: resourceFromAttributes({
      "service.name": `hooklane-${service}`,
      "service.namespace": "hooklane",
      "service.instance.id": randomUUID(),
    }).merge(detectResources({ detectors: [envDetector] })),
    sampler: toSampler(config.OTEL_TRACES_SAMPLER, config.OTEL_TRACES_SAMPLER_ARG),
    spanProcessors: [queue],
  });
  const tracer = provider.getTracer("hooklane");
  return {
    begin: (name, { kind, parent, links, startedAtMs }) => {
      const under =
        parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, toSpanContext(parent));
      const span = tracer.startSpan(
        name,
        {
          kind: KINDS[kind],
          ...(startedAtMs !== undefined && { startTime: startedAtMs }),
          ...(links !== undefined && { links: links.map((link) => ({ context: toSpanContext(link) })) }),
        },
        under,
      );
      if (!span.isRecording()) return parent && { context: withoutSampling(parent), span: undefined };
      const { traceId, spanId } = span.spanContext();
      const traceparent = toTraceparent(traceId, spanId, true);
      const tracestate = parent?.tracestate;
      return {
        context: tracestate === undefined ? { traceparent } : { traceparent, tracestate },
        span: toSpan(span),
      };
    },
    close: () => provider.shutdown(),
  };
}

function toSpan(span: OtelSpan): Span {
  return {
    note: (attributes) => {
      for (const name in attributes) {
        const value = attributes[name];
        if (value !== undefined) span.setAttribute(name, value);
      }
    },
    fail: (reason) => {
      span.setAttribute("error.type", reason).setStatus({ code: SpanStatusCode.ERROR, message: reason });
    },
    end: (atMs) => span.end(atMs),
  } satisfies { note(attributes: SpanAttributes): void } & Span;
}

function toSpanContext(context: TraceContext): SpanContext {
  const { tracestate } = context;
  return {
    traceId: toTraceId(context),
    spanId: toSpanId(context),
    traceFlags: isSampled(context) ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
}

/** Of a collector that is away, one line; and one when it is back. */
function sayOnChange(logger: TracesOptions["logger"]): (outcome: SpanOutcome) => void {
  let isAway = false;
  return (outcome) => {
    const isAwayNow = outcome !== "exported";
    if (isAwayNow === isAway) return;
    isAway = isAwayNow;
    if (isAway) logger.warn({ outcome }, "traces.spans_lost");
    else logger.info("traces.spans_exported_again");
  };
}
