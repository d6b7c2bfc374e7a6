import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace";
import { waitAtMost } from "../wait-at-most.js";
import type { SpanOutcome } from "./trace-metrics.js";

interface SpanQueueOptions {
  readonly exporter: SpanExporter;
  readonly onOutcome: (outcome: SpanOutcome, spans: number) => void;
  /** Spans that wait for the collector; further ones are dropped. */
  readonly spansMax: number;
  /** So long spans wait for others, milliseconds. */
  readonly delayMs: number;
}

type Export = SpanExporter["export"];

/** Spans of one request to the collector. */
const EXPORTED_AT_ONCE = 512;

/** A request to the collector is given up after this, milliseconds; its own limit is OTEL_EXPORTER_OTLP_TIMEOUT. */
const EXPORT_LIMIT_MS = 15_000;

/** At a stop the collector has so long to take what waits, milliseconds: the stop is not to be late for it. */
const FLUSH_LIMIT_MS = 1_500;

/**
 * The batches of OpenTelemetry's processor, within bounds we can see: what waits or is on its way is limited, what does
 * not fit is dropped and counted, and nobody ever waits for it.
 */
export class SpanQueue implements SpanProcessor {
  readonly #inner: BatchSpanProcessor;
  readonly #options: SpanQueueOptions;
  #waiting = 0;

  constructor(options: SpanQueueOptions) {
    this.#options = options;
    this.#inner = new BatchSpanProcessor({
      exporter: {
        export: (spans, done) => this.#export(spans, done),
        forceFlush: () => options.exporter.forceFlush?.() ?? Promise.resolve(),
        shutdown: () => options.exporter.shutdown(),
      },
      // Ours is reached first.
      maxQueueSize: options.spansMax + EXPORTED_AT_ONCE,
      maxExportBatchSize: Math.min(EXPORTED_AT_ONCE, options.spansMax),
      scheduledDelayMillis: options.delayMs,
      exportTimeoutMillis: EXPORT_LIMIT_MS,
    });
  }

  onStart(): void {
    // A span is of interest once it has ended.
  }

  onEnd(span: ReadableSpan): void {
    if (this.#waiting >= this.#options.spansMax) {
      this.#options.onOutcome("dropped", 1);
      return;
    }
    this.#waiting++;
    this.#inner.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush();
  }

  /** Sends what waits, as far as the collector takes it in time; the rest is counted as dropped. Never rejects. */
  async shutdown(): Promise<void> {
    await waitAtMost(this.#inner.shutdown(), FLUSH_LIMIT_MS).catch(() => false);
    if (this.#waiting > 0) this.#options.onOutcome("dropped", this.#waiting);
    this.#waiting = 0;
  }

  #export(spans: Parameters<Export>[0], done: Parameters<Export>[1]): void {
    const { exporter, onOutcome } = this.#options;
    exporter.export(spans, (result) => {
      this.#waiting = Math.max(0, this.#waiting - spans.length);
      onOutcome(result.error === undefined ? "exported" : "failed", spans.length);
      done(result);
    });
  }
}
