import { describe, expect, test } from "@jest/globals";
import { findResumePoint } from "./resume-point.js";

const stored = {
  clusterId: "c1",
  logEpoch: 2,
  committed: 100,
  done: Uint8Array.of(0b1010_0100, 0b1),
  sources: { 0: [0, 5, 0] as const },
};

describe("where a claimed partition goes on", () => {
  test("at its checkpoint, when the log has it", () => {
    expect(findResumePoint(stored, { first: 0, end: 100 }, "c1")).toEqual({ content: stored });
  });

  test("at the log's beginning and in a new epoch, with an alarm, when the log was replaced or cut", () => {
    const expected = { ...stored, logEpoch: 3, committed: 7, done: new Uint8Array(0) };
    expect(findResumePoint(stored, { first: 7, end: 99 }, "c1")).toMatchObject({
      content: expected,
      alarm: { kind: "log_replaced", committed: 100, first: 7, end: 99 },
    });
    expect(findResumePoint(stored, { first: 7, end: 500 }, "c2")).toMatchObject({
      content: { ...expected, clusterId: "c2" },
      alarm: { kind: "log_replaced" },
    });
  });

  test("where retention left off, with an alarm, keeping what was done beyond", () => {
    const point = findResumePoint(stored, { first: 105, end: 500 }, "c1");
    expect(point.alarm?.kind).toBe("log_truncated");
    // 105, 107 and 108 were done.
    expect(point.content).toEqual({ ...stored, committed: 105, done: Uint8Array.of(0b1101, 0) });
    expect(findResumePoint(stored, { first: 200, end: 500 }, "c1").content.done).toEqual(new Uint8Array(0));
  });

  test("a partition nobody has read begins where the log does, without an alarm", () => {
    const fresh = { ...stored, clusterId: null, committed: 0, done: new Uint8Array(0) };
    expect(findResumePoint(fresh, { first: 40, end: 50 }, "c1")).toEqual({
      content: { ...fresh, clusterId: "c1", committed: 40 },
    });
  });

  test("the marks of the fan-out are never reset", () => {
    expect(findResumePoint(stored, { first: 0, end: 3 }, "c9").content.sources).toEqual(stored.sources);
  });
});
