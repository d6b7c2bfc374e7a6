import { describe, expect, test } from "@jest/globals";
import { closingLine, readJestResult } from "./test-summary.mjs";

const result = {
  numPassedTests: 10,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 2,
  numPendingTests: 3,
  numTodoTests: 1,
};

describe("the closing line", () => {
  test("counts tests, and a file that did not load as a failed one", () => {
    expect(closingLine([result])).toBe("10 passed, 3 failed, 4 skipped");
  });

  test("has a failure for a part of which jest left no result", () => {
    expect(closingLine([result, readJestResult("/nowhere/result.json")])).toBe(
      "10 passed, 4 failed, 4 skipped",
    );
  });
});
