import { describe, expect, test } from "@jest/globals";
import { ArrivalLog } from "./arrivals.js";
import { distributionOf, median } from "./percentiles.js";

describe("distributionOf", () => {
  test("gives measured values by nearest rank, whatever their order", () => {
    const values = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(distributionOf(values)).toEqual({ count: 100, min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  test("the median of an even number is one of the values", () => {
    expect(median([4, 1, 3, 2])).toBe(2);
  });
});

describe("ArrivalLog", () => {
  test("keeps everything when it grows", () => {
    const log = new ArrivalLog();
    const count = (1 << 17) + 5;
    for (let i = 0; i < count; i++) log.add(i % 7, i, 1, i, i % 2 === 0);
    const { sequence, endpoint, accepted } = log.read();
    expect([sequence.length, sequence.at(-1), endpoint.at(-1)]).toEqual([count, count - 1, (count - 1) % 7]);
    expect(accepted.reduce((sum, value) => sum + value, 0)).toBe(Math.ceil(count / 2));
  });
});
