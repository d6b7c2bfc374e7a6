import { describe, expect, test } from "@jest/globals";
import { ArrivalLog } from "./arrivals.js";
import { distributionOf, median } from "./percentiles.js";
import { judge } from "./verdict.js";

describe("distributionOf", () => {
  test("gives measured values by nearest rank, whatever their order", () => {
    const values = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(distributionOf(values)).toEqual({ count: 100, min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  test("the median of an even number is one of the values", () => {
    expect(median([4, 1, 3, 2])).toBe(2);
  });
});

describe("judge", () => {
  function arrivals(...rows: [endpoint: number, sequence: number, attempt: number][]) {
    const log = new ArrivalLog();
    rows.forEach((row, index) => log.add(...row, index));
    return log.read();
  }

  test("a clean run has nothing lost, doubled or out of order", () => {
    const verdict = judge(arrivals([0, 0, 1], [1, 0, 1], [0, 1, 1]), [2, 1]);
    expect(verdict).toEqual({ delivered: 3, lost: 0, duplicated: 0, outOfOrder: 0, retried: 0 });
  });

  test("an event that never came is lost", () => {
    expect(judge(arrivals([0, 1, 1]), [2, 3])).toMatchObject({ delivered: 1, lost: 4 });
  });

  test("an event that comes after a later one of its endpoint is out of order, once", () => {
    expect(judge(arrivals([0, 1, 1], [0, 0, 1], [0, 2, 1]), [3])).toMatchObject({ outOfOrder: 1 });
  });

  test("events whose calls overlapped have no order to break", () => {
    const swapped = arrivals([0, 1, 1], [0, 0, 1]);
    expect(judge(swapped, [2], () => false)).toMatchObject({ delivered: 2, outOfOrder: 0 });
  });

  test("a first attempt that comes twice is a duplicate, a further attempt is a retry", () => {
    const verdict = judge(arrivals([0, 0, 1], [0, 0, 1], [0, 0, 2]), [1]);
    expect(verdict).toMatchObject({ delivered: 1, duplicated: 1, retried: 1 });
  });
});

describe("ArrivalLog", () => {
  test("keeps everything when it grows", () => {
    const log = new ArrivalLog();
    const count = (1 << 17) + 5;
    for (let i = 0; i < count; i++) log.add(i % 7, i, 1, i);
    const { sequence, endpoint } = log.read();
    expect([sequence.length, sequence.at(-1), endpoint.at(-1)]).toEqual([count, count - 1, (count - 1) % 7]);
  });
});
