import { expect, test } from "@jest/globals";
import { percentile } from "./percentile.js";

test("the nearest rank, a value that was measured", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([0.5, 0.95, 1].map((q) => percentile(hundred, q))).toEqual([50, 95, 100]);
  expect([0.5, 0.95].map((q) => percentile([7], q))).toEqual([7, 7]);
  expect([0.5, 0.95].map((q) => percentile([1, 9], q))).toEqual([1, 9]);
});

test("of nothing there is none", () => {
  expect(percentile([], 0.5)).toBeUndefined();
});
