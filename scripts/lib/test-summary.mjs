import { readFileSync } from "node:fs";

/** Reads what jest wrote with `--json --outputFile`; `undefined` when it never came so far. */
export function readJestResult(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The closing line of a test run. A file that could not be run at all counts as one failed test. */
export function closingLine(result) {
  if (result === undefined) return "0 passed, 1 failed, 0 skipped";
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  return `${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped`;
}
