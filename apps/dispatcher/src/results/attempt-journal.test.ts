import { expect, test } from "@jest/globals";
import type { AttemptEnd } from "@hooklane/core";
import type { LaneRecord, SendDecision } from "@hooklane/lanes";
import { createLogger, createMetrics } from "@hooklane/service";
import { createDispatcherMetrics } from "../metrics.js";
import { AttemptJournal } from "./attempt-journal.js";

const ACCEPTED_AT = 10_000;
const SUCCESS: AttemptEnd = {
  outcome: { kind: "succeeded", statusCode: 200 },
  startedAt: ACCEPTED_AT + 1_500,
  durationMs: 500,
};

function record(trigger: "automatic" | "manual" = "automatic"): LaneRecord {
  return { facts: { acceptedAt: ACCEPTED_AT, trigger } } as LaneRecord;
}

function send(pool: SendDecision["pool"], records: readonly LaneRecord[] = [record()]): SendDecision {
  const batched = records.length > 1;
  return { kind: "send", ticket: 1, attempt: 1, pool, batched, records } as unknown as SendDecision;
}

/** What the journal counts of these requests, by metric and labels; what is 0 of a pool is left out. */
async function countsOf(...requests: readonly [SendDecision, AttemptEnd][]): Promise<Record<string, number>> {
  const metrics = createMetrics("test", { processMetrics: false });
  const journal = new AttemptJournal(createDispatcherMetrics(metrics), createLogger("test", "silent"));
  for (const [decision, end] of requests) journal.recordRequest(decision, end);
  const text = await metrics.registry.metrics();
  const lines = [
    ...text.matchAll(
      /^hooklane_(requests_total|deliveries_succeeded_total|live_latency_seconds_(?:sum|count))\{(?:pool="(\w+)")?.*\} (.+)$/gm,
    ),
  ];
  return Object.fromEntries(
    lines
      .filter(([, , pool, value]) => pool === undefined || value !== "0")
      .map(([, name = "", pool, value]) => [pool === undefined ? name : `${name} ${pool}`, Number(value)]),
  );
}

test("the latency of live lanes runs from the acceptance to the success", async () => {
  expect(await countsOf([send("live"), SUCCESS])).toEqual({
    "requests_total live": 1,
    "deliveries_succeeded_total live": 1,
    live_latency_seconds_count: 1,
    live_latency_seconds_sum: 2,
  });
});

test.each([
  ["draining lanes", send("drain")],
  ["retrying lanes", send("retry")],
  ["batches, which wait to be full", send("live", [record(), record()])],
  ["resends, which wait for their turn", send("live", [record("manual")])],
])("it is not that of %s", async (_, decision) => {
  expect(await countsOf([decision, SUCCESS])).toMatchObject({ live_latency_seconds_count: 0 });
});

test("a batch that drains counts as one request and as its deliveries, so the drain rate can be read", async () => {
  expect(await countsOf([send("drain", [record(), record(), record()]), SUCCESS])).toMatchObject({
    "requests_total drain": 1,
    "deliveries_succeeded_total drain": 3,
  });
});

test("a request that failed makes no delivery, and one our own side failed is none", async () => {
  const failed: AttemptEnd = { ...SUCCESS, outcome: { kind: "failed", error: "timeout" } };
  const ownFault: AttemptEnd = { ...SUCCESS, outcome: { kind: "own_fault", fault: "aborted" } };
  expect(await countsOf([send("live"), failed], [send("live"), ownFault])).toEqual({
    "requests_total live": 1,
    live_latency_seconds_count: 0,
    live_latency_seconds_sum: 0,
  });
});

test.each(["template", "token_refused", "token_unavailable"] as const)(
  "an attempt that ended in %s sent nothing: it is no request",
  async (error) => {
    const unsent: AttemptEnd = {
      outcome: { kind: "failed", error },
      startedAt: ACCEPTED_AT,
      durationMs: 5_000,
    };
    expect(Object.keys(await countsOf([send("live"), unsent]))).not.toContain("requests_total live");
  },
);
