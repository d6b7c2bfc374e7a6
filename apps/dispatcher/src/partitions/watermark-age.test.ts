import { expect, test } from "@jest/globals";
import { WatermarkAge } from "./watermark-age.js";

test("a record that holds the watermark ages, whatever is taken in and resolved behind it", () => {
  const age = new WatermarkAge();
  for (let first = 0; first < 100; first++)
    age.onTakenIn(first, { committed: 0, next: first + 1 }, first * 100);
  expect(age.ageMs({ committed: 0, next: 100 }, 10_000)).toBe(10_000);
});

test("once it is resolved, the age is that of the next that holds it, to a quarter of a second", () => {
  const age = new WatermarkAge();
  for (let first = 0; first < 100; first++)
    age.onTakenIn(first, { committed: 0, next: first + 1 }, first * 100);
  const ageAt = age.ageMs({ committed: 50, next: 100 }, 10_000);
  expect(ageAt).toBeGreaterThanOrEqual(5_000);
  expect(ageAt).toBeLessThan(5_000 + 250);
});

test("a partition that has resolved everything has no age, and what comes then is new", () => {
  const age = new WatermarkAge();
  age.onTakenIn(0, { committed: 0, next: 10 }, 0);
  expect(age.ageMs({ committed: 10, next: 10 }, 60_000)).toBe(0);
  age.onTakenIn(10, { committed: 10, next: 20 }, 60_000);
  expect(age.ageMs({ committed: 10, next: 20 }, 60_100)).toBe(100);
});

test("what was resolved between two looks makes nothing that came later older", () => {
  const age = new WatermarkAge();
  age.onTakenIn(0, { committed: 0, next: 10 }, 0);
  age.onTakenIn(10, { committed: 10, next: 20 }, 100);
  expect(age.ageMs({ committed: 10, next: 20 }, 200)).toBe(100);
});

test("records resolved at their intake leave no age behind", () => {
  const age = new WatermarkAge();
  age.onTakenIn(0, { committed: 5, next: 5 }, 0);
  expect(age.ageMs({ committed: 5, next: 5 }, 1_000)).toBe(0);
});
