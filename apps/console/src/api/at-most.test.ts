import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { atMostEvery } from "./at-most.js";

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test("the first is at once, those within the pause are one after it, and then it is at once again", () => {
  const call = jest.fn();
  const run = atMostEvery(1_000, call);
  run();
  expect(call).toHaveBeenCalledTimes(1);
  for (let calls = 1; calls <= 1_000; calls += 1) run();
  expect(call).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1_000);
  expect(call).toHaveBeenCalledTimes(2);
  jest.advanceTimersByTime(5_000);
  expect(call).toHaveBeenCalledTimes(2);
  run();
  expect(call).toHaveBeenCalledTimes(3);
});
