import { expect, test } from "@jest/globals";
import { DURATION_BINS, percentileOfBins, toDurationBin } from "./duration-bins.js";

function count(durationsMs: readonly number[]): number[] {
  const counts = Array.from({ length: DURATION_BINS }, () => 0);
  for (const durationMs of durationsMs) counts[toDurationBin(durationMs)]!++;
  return counts;
}

test("any mix of durations, from a tenth of a millisecond to a minute: percentiles within a bin, a quarter", () => {
  for (let base = 0.1; base < 5_000; base *= 1.7) {
    const durations = Array.from({ length: 500 }, (_, index) => base * (1 + index / 50));
    for (const q of [0.01, 0.5, 0.95, 1]) {
      const exact = durations[Math.ceil(q * durations.length) - 1]!;
      const read = percentileOfBins(count(durations), q)!;
      expect(Math.abs(read - exact)).toBeLessThanOrEqual(Math.max(1, exact * 0.26));
    }
  }
});

test("bounds belong to the bin below, and what is longer than all to the last", () => {
  expect([0, 1, 2, 4, 1_024].map(toDurationBin)).toEqual([0, 0, 3, 6, 30]);
  expect(toDurationBin(10 * 60_000)).toBe(DURATION_BINS - 1);
  expect(percentileOfBins(count([2, 2, 2]), 1)).toBe(2);
});

test("of nothing there is none", () => {
  expect(percentileOfBins(count([]), 0.5)).toBeUndefined();
});
