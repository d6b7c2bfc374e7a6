import { toTraceparent } from "@hooklane/core";
import { StepRecorder } from "@hooklane/testing";
import { beforeEach, expect, test } from "@jest/globals";
import type { InLine } from "./decide.js";
import { RouteTraces } from "./route-traces.js";

const SEEN = { traceparent: toTraceparent("a".repeat(32), "1".repeat(16), true), tracestate: "a=b" };
const UNSEEN = { traceparent: toTraceparent("b".repeat(32), "2".repeat(16), false) };

let recorder: StepRecorder;
let traces: RouteTraces;
beforeEach(() => {
  recorder = new StepRecorder();
  traces = new RouteTraces(recorder);
});

function record(kind: "event" | "resend" | "test", trace: object = {}): InLine {
  const meta = {
    kind,
    workspaceId: "ws_1",
    recordId: "r1",
    eventId: "evt_1",
    type: "t",
    acceptedAt: 0,
    ...trace,
  };
  return {
    meta,
    body: new Uint8Array(1),
    position: { partition: 3, epoch: 0, offset: 9 },
  } as unknown as InLine;
}

test("events nobody traces are routed without a step", () => {
  expect(traces.begin([record("event"), record("event")])).toBeUndefined();
  expect(recorder.steps).toEqual([]);
});

test("an event's deliveries hang on its routing, which says what became of it and ends with the send", () => {
  const [seen, untraced, unseen] = [record("event", SEEN), record("event"), record("event", UNSEEN)];
  const run = traces.begin([seen, untraced, unseen])!;
  const step = recorder.only("route");
  expect(step).toMatchObject({ kind: "consumer", parent: SEEN, noted: { "hooklane.event_id": "evt_1" } });
  expect([seen, untraced, unseen].map((each) => run.contextOf(each))).toEqual([
    step.context,
    undefined,
    UNSEEN,
  ]);
  run.decided(seen, "routed", 2);
  run.decided(untraced, "routed", 1);
  expect(step.ends).toBe(0);
  run.end();
  expect(step).toMatchObject({ ends: 1, noted: { "hooklane.outcome": "routed", "hooklane.deliveries": 2 } });
  expect(step.failure).toBeUndefined();
});

test("what is to be routed once more is shown as such", () => {
  traces.begin([record("event", SEEN)])!.end(true);
  expect(recorder.only("route")).toMatchObject({ ends: 1, failure: "repeated" });
});

test.each(["resend", "test"] as const)("a %s, which came through no door, may begin a trace", (kind) => {
  expect(traces.begin([record(kind)])).toBeDefined();
  expect(recorder.only("route").parent).toBeUndefined();
});
