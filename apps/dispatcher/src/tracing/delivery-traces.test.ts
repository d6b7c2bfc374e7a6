import { type AttemptEnd, toTraceId, toTraceparent } from "@hooklane/core";
import type { AttemptReport, LaneRecord, SendDecision, SettledReport } from "@hooklane/lanes";
import { passedTraces } from "@hooklane/service";
import { StepRecorder } from "@hooklane/testing";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { DeliveryTraces, toLogFields, type ToldReceivers } from "./delivery-traces.js";

const TRACE = "a".repeat(32);
const ROUTED = toTraceparent(TRACE, "1".repeat(16), true);
const NOW = 100_000;
const OK: AttemptEnd = {
  outcome: { kind: "succeeded", statusCode: 200 },
  startedAt: NOW + 5,
  durationMs: 20,
};
const TIMED_OUT: AttemptEnd = { ...OK, outcome: { kind: "failed", error: "timeout" } };

let recorder: StepRecorder;
let traces: DeliveryTraces;
beforeEach(() => {
  recorder = new StepRecorder();
  traces = of("all");
});

const of = (told: ToldReceivers) => new DeliveryTraces(recorder, told, { now: () => NOW });

function record(facts: Partial<LaneRecord["facts"]>, enqueuedAt = NOW - 300): LaneRecord {
  const told = { deliveryId: "dl_1", webhookId: "wh_1", endpointId: "ep_1", acceptedAt: NOW - 900, ...facts };
  return { facts: told, enqueuedAt, isFromBacklog: enqueuedAt < 0 } as unknown as LaneRecord;
}

function send(records: readonly LaneRecord[], attempt = 1): SendDecision {
  return { kind: "send", records, attempt, pool: "live", batched: records.length > 1 } as SendDecision;
}

function report(
  { records, attempt, batched }: SendDecision,
  end: AttemptEnd,
  next: AttemptReport["next"],
): AttemptReport {
  return { kind: "attempt", records, batched, attempt, end, next };
}

describe("a delivery that is traced", () => {
  test("waited in line and was attempted; its receiver is told of the attempt", () => {
    const decision = send([record({ traceparent: ROUTED, tracestate: "a=b" })]);
    const told = traces.begin(decision);
    const attempt = recorder.only("attempt");
    expect(told).toEqual({ traceparent: attempt.context.traceparent, tracestate: "a=b" });
    expect(toTraceId(attempt.context)).toBe(TRACE);
    expect(attempt).toMatchObject({ kind: "client", parent: { traceparent: ROUTED }, startedAtMs: NOW });
    expect(recorder.only("wait")).toMatchObject({
      parent: { traceparent: ROUTED },
      startedAtMs: NOW - 300,
      endedAtMs: NOW,
      ends: 1,
    });
    traces.ended(decision, OK, false);
    expect(attempt.ends).toBe(0);
    traces.reported(report(decision, OK, { kind: "delivered" }));
    expect(attempt).toMatchObject({ ends: 1, endedAtMs: NOW + 25 });
    expect(attempt.failure).toBeUndefined();
    expect(attempt.noted).toMatchObject({
      "http.response.status_code": 200,
      "hooklane.attempt": 1,
      "hooklane.next": "delivered",
    });
  });

  test("each attempt is a step beside the others, with why it failed and when the next is due; it waited once", () => {
    const records = [record({ traceparent: ROUTED })];
    for (const attempt of [1, 2]) {
      const decision = send(records, attempt);
      traces.begin(decision);
      traces.ended(decision, TIMED_OUT, false);
      const next = { kind: "retrying", dueAt: NOW + 30_000, attempt: attempt + 1 } as const;
      traces.reported(report(decision, TIMED_OUT, next));
    }
    const attempts = recorder.steps.filter(({ name }) => name === "attempt");
    expect(attempts).toMatchObject(
      [1, 2].map((number) => ({
        parent: { traceparent: ROUTED },
        failure: "timeout",
        ends: 1,
        noted: {
          "hooklane.attempt": number,
          "hooklane.next_attempt_at": new Date(NOW + 30_000).toISOString(),
        },
      })),
    );
    expect(recorder.only("wait").ends).toBe(1);
  });

  test("from the backlog it waited since its event was accepted", () => {
    traces.begin(send([record({ traceparent: ROUTED }, -Infinity)]));
    expect(recorder.only("wait")).toMatchObject({
      startedAtMs: NOW - 900,
      noted: { "hooklane.from_backlog": true },
    });
  });

  test("refused in the last moment it is no attempt, and when it is sent after all it does not wait twice", () => {
    const records = [record({ traceparent: ROUTED })];
    const refused = send(records);
    traces.begin(refused);
    traces.refused(refused);
    traces.begin(send(records));
    expect(recorder.steps.map(({ name, ends }) => [name, ends])).toEqual([
      ["attempt", 1],
      ["wait", 1],
      ["attempt", 0],
    ]);
    expect(recorder.steps[0]?.noted).toMatchObject({ "hooklane.next": "refused" });
  });

  test("ends its attempt where nobody tells what follows: a fault of our own, or a partition given up", () => {
    const aborted: AttemptEnd = { ...OK, outcome: { kind: "own_fault", fault: "aborted" } };
    for (const [end, isGivenUp] of [
      [aborted, false],
      [OK, true],
    ] as const) {
      const decision = send([record({ traceparent: ROUTED })], 2);
      traces.begin(decision);
      traces.ended(decision, end, isGivenUp);
    }
    expect(recorder.steps.map(({ ends, failure }) => [ends, failure])).toEqual([
      [1, "aborted"],
      [1, undefined],
    ]);
  });

  test("that is not sent waited until it was settled, and the step says why", () => {
    const settled: SettledReport = {
      kind: "settled",
      records: [record({ traceparent: ROUTED })],
      status: "skipped",
      reason: "inactive",
      at: NOW + 7,
    };
    traces.reported(settled);
    expect(recorder.only("wait")).toMatchObject({
      endedAtMs: NOW + 7,
      noted: { "hooklane.status": "skipped", "hooklane.reason": "inactive" },
    });
  });

  test("that is in a trace nobody records is told to the receiver as such, and leaves no step", () => {
    const unsampled = toTraceparent(TRACE, "1".repeat(16), false);
    expect(traces.begin(send([record({ traceparent: unsampled })]))).toEqual({ traceparent: unsampled });
    expect(recorder.steps).toEqual([]);
  });
});

test("one that is not traced leaves nothing and tells nothing", () => {
  const decision = send([record({})]);
  expect(traces.begin(decision)).toBeUndefined();
  traces.ended(decision, OK, false);
  const reported = report(decision, OK, { kind: "delivered" });
  traces.reported(reported);
  expect(recorder.steps).toEqual([]);
  expect(toLogFields(reported, traces.attemptOf(reported))).toBeUndefined();
});

test("a batch is one attempt under its first recorded event, linked to the others, whose waits are linked to it", () => {
  const other = toTraceparent("b".repeat(32), "2".repeat(16), true);
  const unsampled = toTraceparent("c".repeat(32), "3".repeat(16), false);
  traces.begin(
    send(
      [{}, { traceparent: unsampled }, { traceparent: ROUTED }, { traceparent: other }].map((facts) =>
        record(facts),
      ),
    ),
  );
  const attempt = recorder.only("attempt");
  expect(attempt).toMatchObject({ parent: { traceparent: ROUTED }, links: [{ traceparent: other }] });
  expect(attempt.noted).toMatchObject({ "messaging.batch.message_count": 4 });
  const waits = recorder.steps.filter(({ name }) => name === "wait");
  expect(waits.map(({ parent, links }) => [parent?.traceparent, links])).toEqual([
    [ROUTED, undefined],
    [other, [attempt.context]],
  ]);
});

describe("receivers are told", () => {
  const decision = () => send([record({ traceparent: ROUTED, tracestate: "secret=of-ours" })]);

  test("no notes of tracing systems unless it is asked for, and nothing where it is so wished", () => {
    const traceparent = expect.stringContaining(TRACE);
    expect(of("all").begin(decision())).toEqual({ traceparent, tracestate: "secret=of-ours" });
    expect(of("traceparent").begin(decision())).toEqual({ traceparent });
    expect(of("nothing").begin(decision())).toBeUndefined();
  });

  test("what the producer named, unchanged, where nothing is recorded", () => {
    const passing = new DeliveryTraces(passedTraces, "traceparent", { now: () => NOW });
    expect(passing.begin(decision())).toEqual({ traceparent: ROUTED });
  });
});

test("a log line names the attempt where it is recorded, and else the trace", () => {
  const decision = send([record({ traceparent: ROUTED })]);
  traces.begin(decision);
  traces.ended(decision, OK, false);
  const reported = report(decision, OK, { kind: "delivered" });
  expect(toLogFields(reported, traces.attemptOf(reported))).toEqual({
    trace_id: TRACE,
    span_id: expect.stringMatching(/^0+\d$/),
  });
  expect(toLogFields(reported, undefined)).toEqual({ trace_id: TRACE });
});
