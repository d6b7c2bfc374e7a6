import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./paths.mjs";

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
 * so does a part that left no result, or that went wrong after its tests.
 *
 * @param {readonly {code: number | null, result: object | undefined}[]} outcomes
 */
export function closingLine(outcomes) {
  const sum = (read) => outcomes.reduce((total, outcome) => total + read(outcome), 0);
  const passed = sum(({ result }) => result?.numPassedTests ?? 0);
  const failed = sum(
    ({ result }) => (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0),
  );
  const skipped = sum(({ result }) => (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0));
  return `${passed} passed, ${failed + outcomes.filter(hasOtherFault).length} failed, ${skipped} skipped`;
}

/** Whether a part went right. */
export function isSound({ code, result }) {
  return code === 0 && result?.success === true;
}

/** No test of the part says why it went wrong. */
function hasOtherFault(outcome) {
  const { result } = outcome;
  return !isSound(outcome) && !(result?.numFailedTests > 0) && !(result?.numRuntimeErrorTestSuites > 0);
}

/** Of a failure's message as many lines are shown, each so long, and so many failures at most. */
const LINES = 12;
const LINE_LENGTH = 200;
const FAILURES = 50;

/**
 * What failed, for the end of a run whose log is long: each test's full name, its file, the beginning of its message and
 * the first place in our own code.
 *
 * @param {readonly {code: number | null, result: object | undefined}[]} outcomes
 * @returns {readonly string[]} nothing when nothing failed
 */
export function failureLines(outcomes) {
  const failures = outcomes.flatMap(({ result }) => (result?.testResults ?? []).flatMap(failuresOf));
  const others = outcomes
    .filter(hasOtherFault)
    .map(({ code, result }) =>
      result === undefined
        ? `a part of the run left no result (jest ended with ${code ?? "a signal"}): see above`
        : `a part of the run went wrong after its tests (jest ended with ${code ?? "a signal"}): see above`,
    );
  const count = failures.length + others.length;
  if (count === 0) return [];
  const left = failures.length - FAILURES;
  return [
    "",
    `What failed (${count}):`,
    ...failures.slice(0, FAILURES).flatMap(describeFailure),
    ...(left > 0 ? ["", `and ${left} more`] : []),
    ...others.flatMap((line) => ["", `● ${line}`]),
    "",
  ];
}

/** The failures of one file. A message many tests share, as that of a `beforeAll`, is told once. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === "failed");
  // It did not load, or went wrong outside of its tests.
  if (failed.length === 0) return status === "failed" ? [{ name: file, message }] : [];
  const told = new Map();
  return failed.map(({ fullName, failureMessages }) => {
    const text = failureMessages.join("\n");
    const before = told.get(text);
    if (before === undefined) told.set(text, fullName);
    return { name: fullName, file, message: before === undefined ? text : `the same as of: ${before}` };
  });
}

function describeFailure({ name, file, message }) {
  const lines = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const said = lines.filter((line) => !PLACE.test(line));
  const place = lines.find((line) => OWN_PLACE.test(line));
  return [
    "",
    `● ${name}`,
    ...(file === undefined ? [] : [`  ${file}`]),
    ...said.slice(0, LINES).map((line) => `    ${cut(line)}`),
    ...(said.length > LINES ? [`    … ${said.length - LINES} more lines`] : []),
    ...(place === undefined ? [] : [`      ${cut(place.trim())}`]),
  ];
}

const PLACE = /^\s+at /;
const OWN_PLACE = /^\s+at (?!.*(?:node_modules|node:)).*\.\w+:\d+:\d+\)?$/;

const cut = (line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line);
