import { describe, expect, test } from "@jest/globals";
import { ArrivalLog } from "./arrivals.js";
import { findRetryDeviations } from "./retry-times.js";

const WAITS = [30, 60, 90];

function attemptsAt(...momentsMs: number[]) {
  const log = new ArrivalLog();
  momentsMs.forEach((moment, index) => log.add(0, 0, index + 1, moment, false));
  return log.read();
}

describe("findRetryDeviations", () => {
  test("each attempt is held against the first one's time and all waits before it", () => {
    const deviations = findRetryDeviations(attemptsAt(1_000, 31_010, 91_020, 180_970), WAITS, () => true);
    expect([...deviations]).toEqual([
      [2, [10]],
      [3, [20]],
      [4, [-30]],
    ]);
  });

  test("a fifth request is no retry", () => {
    const deviations = findRetryDeviations(
      attemptsAt(0, 30_000, 90_000, 180_000, 181_000),
      WAITS,
      () => true,
    );
    expect([...deviations.keys()]).toEqual([2, 3, 4]);
  });

  test("endpoints that are not asked about are left out", () => {
    expect(findRetryDeviations(attemptsAt(0, 30_000), WAITS, () => false).size).toBe(0);
  });
});
