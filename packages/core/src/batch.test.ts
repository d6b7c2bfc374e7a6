import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { BATCH_BYTES_MAX, type BatchCandidate, nextBatch } from "./batch.js";
import { asWebhookId } from "./ids.js";

const a = asWebhookId("wh_a");
const b = asWebhookId("wh_b");
const event = (webhookId = a, more: Partial<BatchCandidate> = {}): BatchCandidate => ({
  webhookId,
  generation: 1,
  enqueuedAt: 0,
  bodyBytes: 100,
  isAlone: false,
  ...more,
});
const batching = { maxEvents: 3, maxWaitSeconds: 5 };

describe("how a batch forms", () => {
  test("without batching one event goes at once", () => {
    expect(nextBatch([event(), event()], undefined, 0)).toEqual({ kind: "send", count: 1 });
  });

  test("a full batch goes at once", () => {
    expect(nextBatch([event(), event(), event(), event()], batching, 0)).toEqual({ kind: "send", count: 3 });
  });

  test("a batch that can still grow waits, counted from when the lane took its oldest in", () => {
    const line = [event(a, { enqueuedAt: 1000 }), event(a, { enqueuedAt: 3000 })];
    expect(nextBatch(line, batching, 4000)).toEqual({ kind: "wait", until: 6000 });
    expect(nextBatch(line, batching, 5999)).toEqual({ kind: "wait", until: 6000 });
    expect(nextBatch(line, batching, 6000)).toEqual({ kind: "send", count: 2 });
  });

  test("it ends where the next event is of another webhook, and does not wait then", () => {
    expect(nextBatch([event(a), event(b), event(a)], batching, 0)).toEqual({ kind: "send", count: 1 });
  });

  test("it ends where the generation changes", () => {
    const line = [event(), event(a, { generation: 2 })];
    expect(nextBatch(line, batching, 0)).toEqual({ kind: "send", count: 1 });
  });

  test("it ends before a test event, which goes alone, and neither waits", () => {
    const test = event(a, { isAlone: true });
    expect(nextBatch([event(), test, event()], batching, 0)).toEqual({ kind: "send", count: 1 });
    expect(nextBatch([test, event(), event()], batching, 0)).toEqual({ kind: "send", count: 1 });
    expect(nextBatch([test], batching, 0)).toEqual({ kind: "send", count: 1 });
  });

  test("it ends before it outgrows one request, but a single large event goes", () => {
    const half = BATCH_BYTES_MAX / 2;
    const line = [event(a, { bodyBytes: half }), event(a, { bodyBytes: half }), event()];
    expect(nextBatch(line, batching, 0)).toEqual({ kind: "send", count: 2 });
    expect(nextBatch([event(a, { bodyBytes: half * 3 }), event()], batching, 0)).toEqual({
      kind: "send",
      count: 1,
    });
  });

  test("a batch is always a prefix of one webhook and generation, and time alone makes every line move", () => {
    const candidate = fc.record({
      webhookId: fc.constantFrom(a, b),
      generation: fc.integer({ min: 1, max: 2 }),
      enqueuedAt: fc.integer({ min: 0, max: 10_000 }),
      bodyBytes: fc.integer({ min: 1, max: BATCH_BYTES_MAX }),
      isAlone: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 20_000 }),
        (line, maxEvents, now) => {
          const setting = { maxEvents, maxWaitSeconds: 5 };
          const step = nextBatch(line, setting, now);
          if (step.kind === "wait") {
            expect(step.until).toBeGreaterThan(now);
            expect(nextBatch(line, setting, step.until).kind).toBe("send");
            return;
          }
          expect(step.count).toBeGreaterThanOrEqual(1);
          expect(step.count).toBeLessThanOrEqual(Math.min(maxEvents, line.length));
          for (const each of line.slice(0, step.count)) {
            expect([each.webhookId, each.generation]).toEqual([line[0]!.webhookId, line[0]!.generation]);
          }
        },
      ),
    );
  });
});
