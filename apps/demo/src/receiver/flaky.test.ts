import { expect, test } from "@jest/globals";
import { FlakyReceiver } from "./flaky.js";

test("in no 30 minutes does the flaky receiver fail often enough to trip the rule", () => {
  const flaky = new FlakyReceiver(0);
  const failures: number[] = [];
  for (let second = 0; second < 4 * 3600; second++) {
    if (flaky.answer(second * 1000) === 500) failures.push(second);
  }
  expect(failures.length).toBeGreaterThan(50);
  for (const start of failures) {
    expect(failures.filter((second) => second >= start && second < start + 1800).length).toBeLessThanOrEqual(
      10,
    );
  }
});
