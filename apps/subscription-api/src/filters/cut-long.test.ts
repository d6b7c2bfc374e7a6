import { expect, test } from "@jest/globals";
import { cutLong } from "./cut-long.js";

test("what is short stays what it is, what is long is its beginning", () => {
  expect(cutLong({ a: [1, null] })).toEqual({ a: [1, null] });
  expect(cutLong("x".repeat(2_000))).toBe(`${"x".repeat(1_000)}…`);
  expect(cutLong([["y".repeat(2_000)]])).toMatch(/^\[\["y{10}/);
});
