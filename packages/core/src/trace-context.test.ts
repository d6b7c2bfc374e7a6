import { describe, expect, test } from "@jest/globals";
import {
  isSampled,
  readTraceContext,
  toSpanId,
  toTraceId,
  toTraceparent,
  TRACEPARENT_00,
  withoutSampling,
} from "./trace-context.js";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const GOOD = `00-${TRACE}-${SPAN}-01`;

describe("the trace a producer names", () => {
  test("is taken with its ids, its flag, and what others noted", () => {
    const context = readTraceContext(GOOD, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")!;
    expect(context).toEqual({ traceparent: GOOD, tracestate: "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE" });
    expect([toTraceId(context), toSpanId(context), isSampled(context)]).toEqual([TRACE, SPAN, true]);
  });

  test.each([
    ["absent", undefined],
    ["empty", ""],
    ["in upper case", GOOD.toUpperCase()],
    ["of no trace", `00-${"0".repeat(32)}-${SPAN}-01`],
    ["of no span", `00-${TRACE}-${"0".repeat(16)}-01`],
    ["too short", GOOD.slice(0, -1)],
    ["with more than version 00 has", `${GOOD}-what`],
    ["of the version that is none", `ff${GOOD.slice(2)}`],
    ["given twice", `${GOOD}, ${GOOD}`],
    ["with a second line", `${GOOD}\r\nx: y`],
  ])("is ignored when it is %s", (_, traceparent) => {
    expect(readTraceContext(traceparent, "a=b")).toBeUndefined();
  });

  test("of a later version is understood as far as it is known, and goes on as version 00", () => {
    expect(readTraceContext(`cc${GOOD.slice(2, -2)}09-what-follows`, undefined)).toEqual({
      traceparent: GOOD,
    });
    expect(readTraceContext(`01${GOOD.slice(2, -2)}02`, undefined)).toEqual({
      traceparent: `00-${TRACE}-${SPAN}-00`,
    });
  });

  test("keeps its place without notes that no header can hold", () => {
    for (const tracestate of ["", "a=b\r\nx: y", `a=${"b".repeat(511)}`, "a=é"])
      expect(readTraceContext(GOOD, tracestate)).toEqual({ traceparent: GOOD });
  });
});

test("what is not recorded any more stays in its trace", () => {
  const context = withoutSampling({ traceparent: GOOD, tracestate: "a=b" });
  expect(context).toEqual({ traceparent: toTraceparent(TRACE, SPAN, false), tracestate: "a=b" });
  expect([isSampled(context), TRACEPARENT_00.test(context.traceparent)]).toEqual([false, true]);
});
