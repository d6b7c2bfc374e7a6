import { describe, expect, test } from "@jest/globals";
import { findResumePoint, type FoundLog, offsetToCompare } from "./resume-point.js";

const stored = {
  clusterId: "c1",
  logEpoch: 2,
  committed: 100,
  done: Uint8Array.of(0b1010_0100, 0b1),
  seen: [120, "a"] as const,
  sources: { 0: [0, 5, 0] as const },
  lanes: { ep_1: "a lane of log epoch 2" },
};
const log = (first: number, end: number, clusterId = "c1"): FoundLog => ({ first, end, clusterId });
const anew = (first: number) => ({
  ...stored,
  logEpoch: 3,
  committed: first,
  done: new Uint8Array(0),
  seen: null,
});

describe("where a claimed partition goes on", () => {
  test("at its checkpoint, when the record seen last is still there", () => {
    expect(offsetToCompare(stored, log(0, 121))).toBe(120);
    expect(findResumePoint(stored, log(0, 121), "a")).toEqual({ content: stored });
  });

  test("at the log's beginning and in a new epoch, with an alarm, when another record is in its place", () => {
    expect(findResumePoint(stored, log(7, 500), "b")).toEqual({
      content: anew(7),
      alarm: { kind: "log_replaced", committed: 100, first: 7, end: 500 },
    });
  });

  test("the same when the log ends before what was read of it, which no record has to tell", () => {
    for (const end of [99, 120]) {
      expect(offsetToCompare(stored, log(7, end))).toBeUndefined();
      expect(findResumePoint(stored, log(7, end), undefined)).toMatchObject({
        content: anew(7),
        alarm: { kind: "log_replaced" },
      });
    }
  });

  test("the same in another cluster, even if the record fits", () => {
    expect(offsetToCompare(stored, log(7, 500, "c2"))).toBeUndefined();
    expect(findResumePoint(stored, log(7, 500, "c2"), "a")).toMatchObject({
      content: { ...anew(7), clusterId: "c2" },
      alarm: { kind: "log_replaced" },
    });
  });

  test("where retention left off, with an alarm, keeping what was done beyond", () => {
    const point = findResumePoint(stored, log(105, 500), "a");
    expect(point.alarm).toEqual({ kind: "log_truncated", committed: 100, first: 105, end: 500 });
    // 105, 107 and 108 were done.
    expect(point.content).toEqual({ ...stored, committed: 105, done: Uint8Array.of(0b1101, 0) });
  });

  test("retention may have taken the record seen last, too", () => {
    expect(offsetToCompare(stored, log(200, 500))).toBeUndefined();
    const point = findResumePoint(stored, log(200, 500), undefined);
    expect(point).toMatchObject({
      content: { committed: 200, logEpoch: 2 },
      alarm: { kind: "log_truncated" },
    });
    expect(point.content.done).toEqual(new Uint8Array(0));
    // Everything was sent before it went: nothing is lost.
    const sent = { ...stored, committed: 121, done: new Uint8Array(0) };
    expect(findResumePoint(sent, log(121, 121), undefined)).toEqual({ content: sent });
  });

  test("a partition nobody has read begins where the log does, without an alarm", () => {
    const fresh = { ...stored, clusterId: null, committed: 0, done: new Uint8Array(0), seen: null };
    expect(findResumePoint(fresh, log(40, 50), undefined)).toEqual({
      content: { ...fresh, clusterId: "c1", committed: 40 },
    });
  });

  test("neither the marks of the fan-out nor the lanes are ever reset", () => {
    const { content } = findResumePoint(stored, log(0, 3, "c9"), undefined);
    expect(content.sources).toEqual(stored.sources);
    expect(content.lanes).toEqual(stored.lanes);
  });
});
