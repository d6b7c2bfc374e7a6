import { toTraceId, toTraceparent } from "@hooklane/core";
import type { ConsumedRecord } from "@hooklane/kafka";
import { passedTraces } from "@hooklane/service";
import { StepRecorder } from "@hooklane/testing";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { IngestTraces, toLogFields, withTrace } from "./ingest-traces.js";

const TRACE = "a".repeat(32);
const GIVEN = toTraceparent(TRACE, "1".repeat(16), true);
const UNSAMPLED = toTraceparent(TRACE, "1".repeat(16), false);

let recorder: StepRecorder;
let traces: IngestTraces;
beforeEach(() => {
  recorder = new StepRecorder();
  traces = new IngestTraces(recorder);
});

function record(headers: Record<string, string>): ConsumedRecord {
  const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
  return {
    topic: "inbound",
    partition: 1,
    offset: 7,
    timestampMs: 0,
    headers: bytes,
  } as unknown as ConsumedRecord;
}

describe.each([
  ["a request", (headers: Record<string, string>) => traces.ofRequest(headers, 5)],
  ["a Kafka record", (headers: Record<string, string>) => traces.ofRecord(record(headers))],
])("%s", (_, take) => {
  test("goes on in the trace its producer names", () => {
    const trace = take({ traceparent: GIVEN, tracestate: "a=b" })!;
    expect(recorder.only("ingest").parent).toEqual({ traceparent: GIVEN, tracestate: "a=b" });
    expect(toTraceId(trace.context)).toBe(TRACE);
    expect(toLogFields(trace)).toEqual({ trace_id: TRACE });
    expect(withTrace({ type: "t" }, trace)).toEqual({ type: "t", ...recorder.only("ingest").context });
    trace.end();
    expect(recorder.only("ingest").ends).toBe(1);
  });

  test("may begin one where the producer names none, or nonsense", () => {
    for (const traceparent of ["nonsense", `00-${"0".repeat(32)}-${"1".repeat(16)}-01`])
      take({ traceparent, tracestate: "a=b" });
    take({});
    expect(recorder.steps.map(({ parent }) => parent)).toEqual([undefined, undefined, undefined]);
  });

  test("in a trace that is not recorded leaves no step, and hands the trace on", () => {
    expect(take({ traceparent: UNSAMPLED })?.context).toEqual({ traceparent: UNSAMPLED });
    expect(recorder.steps).toEqual([]);
  });
});

test("without spans a producer's trace is handed on as it is, and none begins", () => {
  const passing = new IngestTraces(passedTraces);
  expect(passing.ofRequest({ traceparent: GIVEN, tracestate: "a=b" }, 5)?.context).toEqual({
    traceparent: GIVEN,
    tracestate: "a=b",
  });
  expect(passing.ofRequest({}, 5)).toBeUndefined();
});

test("an event that is not traced is put in line as it is", () => {
  const meta = { type: "t" };
  expect(withTrace(meta, undefined)).toBe(meta);
  expect(toLogFields(undefined)).toBeUndefined();
});

test("a refused record is shown as an error, a refused request is not: its sender knows", () => {
  const inbound = traces.ofRecord(record({}))!;
  inbound.refused("unknown_workspace");
  const request = traces.ofRequest({}, 5)!;
  request.answered(400);
  const [first, second] = recorder.steps;
  expect(first?.failure).toBe("unknown_workspace");
  expect([second?.failure, second?.noted["http.response.status_code"]]).toEqual([undefined, 400]);
});
