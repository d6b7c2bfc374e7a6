import { readFileSync } from "node:fs";

/** Reads what jest wrote with `--json --outputFile`; `undefined` when it never came so far. */
export function readJestResult(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The closing line of a test run of one or more parts. A file that could not be run at all counts as one failed test, and
 * so does a part that left no result.
 */
export function closingLine(results) {
  const sum = (read) => results.reduce((total, result) => total + read(result), 0);
  const passed = sum((result) => result?.numPassedTests ?? 0);
  const failed = sum((result) =>
    result === undefined ? 1 : result.numFailedTests + result.numRuntimeErrorTestSuites,
  );
  const skipped = sum((result) => (result === undefined ? 0 : result.numPendingTests + result.numTodoTests));
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
