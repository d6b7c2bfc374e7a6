import { describe, expect, test } from "@jest/globals";
import { needsStack, toParts } from "./test-parts.mjs";

describe("the parts of a test run", () => {
  test("unit tests come first and need no stack; the others follow together, two files at a time in each", () => {
    const parts = toParts(["packages/core"]);
    expect(parts).toEqual([
      ["--maxWorkers=2", "packages/core", "--selectProjects", "unit"],
      ["--maxWorkers=2", "packages/core", "--selectProjects", "integration", "e2e"],
    ]);
    expect(parts.map(needsStack)).toEqual([false, true]);
  });

  test("selected projects are one part, with the stack unless it is the unit tests alone", () => {
    const [unit, ...more] = toParts(["--selectProjects", "unit", "--", "packages/core"]);
    expect(more).toEqual([]);
    // In front: behind `--` it would be a path.
    expect(unit).toEqual(["--maxWorkers=2", "--selectProjects", "unit", "--", "packages/core"]);
    expect(needsStack(unit)).toBe(false);
    expect(toParts(["--selectProjects", "unit", "e2e"]).map(needsStack)).toEqual([true]);
    expect(toParts(["--config", "own.mjs"]).map(needsStack)).toEqual([true]);
  });

  test.each([["--runInBand"], ["-i"], ["--maxWorkers=1"], ["-w", "1"]])(
    "%s says how many files run at a time",
    (...given) => {
      for (const part of toParts(given)) expect(part).not.toContain("--maxWorkers=2");
    },
  );
});
