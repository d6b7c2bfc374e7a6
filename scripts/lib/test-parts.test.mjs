import { describe, expect, test } from "@jest/globals";
import { needsStack, toParts } from "./test-parts.mjs";

describe("the parts of a test run", () => {
  test("unit tests come first and need no stack; then those with whole services, then the others", () => {
    const parts = toParts(["packages/core"]);
    expect(parts).toEqual([
      ["--maxWorkers=2", "packages/core", "--selectProjects", "unit"],
      ["--maxWorkers=3", "packages/core", "--selectProjects", "shared", "console", "e2e"],
      ["--maxWorkers=3", "packages/core", "--selectProjects", "integration"],
    ]);
    expect(parts.map(needsStack)).toEqual([false, true, true]);
  });

  test("in containers the tests of the whole system run, and those that are about containers last", () => {
    expect(toParts([], "external")).toEqual([
      ["--maxWorkers=3", "--selectProjects", "shared"],
      ["--maxWorkers=3", "--selectProjects", "e2e"],
      ["--maxWorkers=1", "--selectProjects", "containers"],
    ]);
  });

  test("selected projects are one part, with the stack unless it is the unit tests alone", () => {
    const [unit, ...more] = toParts(["--selectProjects", "unit", "--", "packages/core"]);
    expect(more).toEqual([]);
    expect(unit).toEqual(["--maxWorkers=2", "--selectProjects", "unit", "--", "packages/core"]);
    expect(needsStack(unit)).toBe(false);
    expect(toParts(["--selectProjects", "unit", "e2e"]).map(needsStack)).toEqual([true]);
    expect(toParts(["--config", "own.mjs"]).map(needsStack)).toEqual([true]);
  });

  test.each([["--runInBand"], ["-i"], ["--maxWorkers=1"], ["-w", "1"]])(
    "%s says how many files run at a time",
    (...given) => {
      for (const part of toParts(given)) expect(part.slice(0, given.length)).toEqual(given);
    },
  );
});
