import { describe, expect, test } from "@jest/globals";
import { findLongestPause, groupMoments } from "./pauses.js";

describe("findLongestPause", () => {
  test("is the longest time between two moments, with its beginning", () => {
    expect(findLongestPause([0, 10, 50, 60], 0)).toEqual({ fromMs: 10, durationMs: 40 });
  });

  test("begins to count at its start, before the first moment", () => {
    expect(findLongestPause([5, 100, 110], 20)).toEqual({ fromMs: 20, durationMs: 80 });
  });

  test("what comes after its end, or does not come any more, is no pause", () => {
    expect(findLongestPause([0, 10, 500], 0, 400)).toEqual({ fromMs: 0, durationMs: 10 });
  });

  test("there is none where nothing happened", () => {
    expect(findLongestPause([], 7).durationMs).toBe(0);
  });
});

describe("groupMoments", () => {
  test("keeps the order within a group and leaves out what belongs to none", () => {
    const groups = groupMoments(Float64Array.of(1, 2, 3, 4), (index) => [0, undefined, 1, 0][index]);
    expect([...groups]).toEqual([
      [0, [1, 4]],
      [1, [3]],
    ]);
  });
});
