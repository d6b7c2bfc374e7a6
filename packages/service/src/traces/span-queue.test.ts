import { type ReadableSpan, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { SpanQueue } from "./span-queue.js";
import type { SpanOutcome } from "./trace-metrics.js";

type Done = Parameters<SpanExporter["export"]>[1];

/** As the exporter's base has them. */
const toAnswer = (code: number, error?: Error) => ({ code, error }) as unknown as Parameters<Done>[0];
const SUCCESS = toAnswer(0);
const FAILURE = toAnswer(1, new Error("refused"));

const SPANS_MAX = 10;

let counted: Record<SpanOutcome, number>;
let waiting: { readonly spans: readonly ReadableSpan[]; readonly done: Done }[];
let provider: TracerProvider;
/** The collector refuses at once, at a test's end. */
let isGone: boolean;

beforeEach(() => {
  counted = { exported: 0, failed: 0, dropped: 0 };
  waiting = [];
  isGone = false;
  const exporter: SpanExporter = {
    export: (spans, done) => {
      if (isGone) done(FAILURE);
      else waiting.push({ spans, done });
    },
    shutdown: () => Promise.resolve(),
  };
  const queue = new SpanQueue({
    exporter,
    spansMax: SPANS_MAX,
    delayMs: 1,
    onOutcome: (outcome, spans) => (counted[outcome] += spans),
  });
  provider = new TracerProvider({ spanProcessors: [queue] });
});

afterEach(async () => {
  isGone = true;
  answer(false);
  await provider.shutdown();
});

function end(count: number): void {
  for (let i = 0; i < count; i++) provider.getTracer("test").startSpan("step").end();
}

/** The collector answers everything that is on its way. */
function answer(isTaken: boolean): void {
  for (const { done } of waiting.splice(0)) done(isTaken ? SUCCESS : FAILURE);
}

test("what the collector takes is counted as exported, what it refuses as failed", async () => {
  end(SPANS_MAX);
  answer(true);
  expect(counted).toEqual({ exported: SPANS_MAX, failed: 0, dropped: 0 });
  await provider.forceFlush().catch(() => undefined);
  end(SPANS_MAX);
  answer(false);
  expect(counted).toMatchObject({ exported: SPANS_MAX, failed: SPANS_MAX });
});

test("a collector that does not answer holds so many spans and no more; the rest is dropped and counted", () => {
  end(SPANS_MAX + 7);
  expect(counted).toEqual({ exported: 0, failed: 0, dropped: 7 });
  answer(true);
  end(3);
  expect(counted).toEqual({ exported: SPANS_MAX, failed: 0, dropped: 7 });
});

test("a stop does not wait for a collector that does not answer, and counts what it did not take", async () => {
  end(5);
  const startedAt = performance.now();
  await provider.shutdown();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(counted).toEqual({ exported: 0, failed: 0, dropped: 5 });
});

test("a stop hands over what waits", async () => {
  end(5);
  const stopped = provider.shutdown();
  for (let i = 0; i < 1_000 && waiting.length === 0; i++)
    await new Promise((resolve) => setImmediate(resolve));
  answer(true);
  await stopped;
  expect(counted).toEqual({ exported: 5, failed: 0, dropped: 0 });
});
