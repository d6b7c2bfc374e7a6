import { expect, test } from "@jest/globals";
import { depthUpTo } from "./depth.js";

test.each([
  [1, 0],
  [null, 0],
  [{}, 1],
  [[[]], 2],
  [{ a: [{ b: 1 }], c: 2 }, 3],
])("%j has %i levels", (value, levels) => expect(depthUpTo(value, 10)).toBe(levels));

test("levels beyond the limit are not counted, however many", () => {
  let value: unknown = 1;
  for (let level = 0; level < 100_000; level++) value = [value];
  expect(depthUpTo(value, 5)).toBe(6);
});
