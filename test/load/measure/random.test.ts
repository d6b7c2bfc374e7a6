import { describe, expect, test } from "@jest/globals";
import { createRandom } from "./random.js";

const take = (seed: number, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, random);
};

describe("createRandom", () => {
  test("gives the same numbers for the same seed, and others for another", () => {
    expect(take(7, 100)).toEqual(take(7, 100));
    expect(take(7, 100)).not.toEqual(take(8, 100));
  });

  test("spreads them evenly from 0 up to 1", () => {
    const tenths = Array<number>(10).fill(0);
    for (const number of take(1, 10_000)) tenths[Math.floor(number * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
