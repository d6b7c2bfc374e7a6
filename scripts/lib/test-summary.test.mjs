import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { root } from "./paths.mjs";
import { closingLine, failureLines, isSound, readJestResult } from "./test-summary.mjs";

const counts = {
  numPassedTests: 10,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 3,
  numTodoTests: 1,
};
const sound = { code: 0, result: { ...counts, success: true, testResults: [] } };
const broken = {
  code: 1,
  result: { ...counts, success: false, numFailedTests: 1, numRuntimeErrorTestSuites: 2, testResults: [] },
};
const lost = { code: 1, result: readJestResult("/nowhere/result.json") };

describe("the closing line", () => {
  test("counts tests, and a file that did not load as a failed one", () => {
    expect(closingLine([broken])).toBe("10 passed, 3 failed, 4 skipped");
  });

  test("adds up the parts, and has a failure for one of which jest left no result", () => {
    expect(closingLine([sound, broken, lost])).toBe("20 passed, 4 failed, 8 skipped");
  });

  test("has a failure for a part that went wrong after its tests, such as one that did not end", () => {
    for (const code of [1, null]) {
      const outcome = { ...sound, code };
      expect(isSound(outcome)).toBe(false);
      expect(closingLine([sound, outcome])).toBe("20 passed, 1 failed, 8 skipped");
    }
    expect(isSound(sound)).toBe(true);
  });
});

/** The outcome of a part with these tests in one file. */
const outcomeOf = (assertionResults, of = {}) => ({
  code: 1,
  result: {
    ...counts,
    success: false,
    numFailedTests: assertionResults.length,
    testResults: [
      { name: join(root, "test/e2e/a.test.ts"), status: "failed", message: "", assertionResults, ...of },
    ],
  },
});

const aFailure = (fullName, message) => ({ status: "failed", fullName, failureMessages: [message] });

describe("what is told of failures at the end", () => {
  test("nothing, when there are none", () => {
    const passed = { status: "passed", fullName: "fine", failureMessages: [] };
    const { testResults } = outcomeOf([passed], { status: "passed" }).result;
    expect(failureLines([{ ...sound, result: { ...sound.result, testResults } }])).toEqual([]);
  });

  test("the full name, the file, the message without colours, and our first line of the stack", () => {
    const message = [
      "Error: \u001b[2mexpect(\u001b[22m\u001b[31mreceived\u001b[39m).toBe(expected)",
      "",
      "Expected: 1",
      "    at Object.toBe (/r/node_modules/expect/build/index.js:2114:20)",
      "    at async Promise.all (index 0)",
      "    at Object.<anonymous> (/r/test/e2e/a.test.ts:7:3)",
      "    at processTicksAndRejections (node:internal/process/task_queues:95:5)",
    ].join("\n");
    expect(failureLines([sound, outcomeOf([aFailure("a thing is one", message)])])).toEqual([
      "",
      "What failed (1):",
      "",
      "● a thing is one",
      "  test/e2e/a.test.ts",
      "    Error: expect(received).toBe(expected)",
      "    Expected: 1",
      "      at Object.<anonymous> (/r/test/e2e/a.test.ts:7:3)",
      "",
    ]);
  });

  test("of a long message its beginning, of a long line too", () => {
    const message = ["x".repeat(500), ...Array.from({ length: 99 }, (_, index) => `line ${index}`)].join(
      "\n",
    );
    const told = failureLines([outcomeOf([aFailure("long", message)])]);
    expect(told.slice(5)).toEqual([
      `    ${"x".repeat(200)}…`,
      ...Array.from({ length: 11 }, (_, index) => `    line ${index}`),
      "    … 88 more lines",
      "",
    ]);
  });

  test("what all tests of a file failed of, once", () => {
    const told = failureLines([
      outcomeOf([
        aFailure("one", "the services did not start"),
        aFailure("two", "the services did not start"),
      ]),
    ]);
    expect(told.filter((line) => line.includes("the services did not start"))).toHaveLength(1);
    expect(told).toContain("    the same as of: one");
  });

  test("a file that did not load, and a part without a result or that did not end", () => {
    const unloaded = outcomeOf([], { message: "  ● Test suite failed to run\n\n    Cannot find module" });
    unloaded.result.numRuntimeErrorTestSuites = 1;
    expect(failureLines([unloaded, lost, { ...sound, code: null }])).toEqual([
      "",
      "What failed (3):",
      "",
      "● test/e2e/a.test.ts",
      "      ● Test suite failed to run",
      "        Cannot find module",
      "",
      "● a part of the run left no result (jest ended with 1): see above",
      "",
      "● a part of the run went wrong after its tests (jest ended with a signal): see above",
      "",
    ]);
  });

  test("so many failures that they can be read; of the others their number", () => {
    const many = Array.from({ length: 60 }, (_, index) => aFailure(`test ${index}`, `message ${index}`));
    const told = failureLines([outcomeOf(many)]);
    expect(told.filter((line) => line.startsWith("●"))).toHaveLength(50);
    expect(told.slice(-3)).toEqual(["", "and 10 more", ""]);
  });
});
