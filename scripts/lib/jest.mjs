import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./paths.mjs";
import { RUN_VARIABLE } from "./reap.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { readJestResult } from "./test-summary.mjs";

/**
 * A test or hook without a limit of its own has so long, in milliseconds: on two cores beside other work a service takes
 * more than jest's 5 s to start.
 */
const TEST_LIMIT_MS = 60_000;

/** Time jest has to end once its result is written, in milliseconds. */
const END_LIMIT_MS = 20_000;

/** Runs jest on the stack, in the folder of the run. Gives its exit code and what it reported. */
export async function runJest({ args, dir, runId, stack, stackDir, terminal, signal }) {
  const temporaryDir = join(dir, "tmp");
  mkdirSync(temporaryDir, { recursive: true });
  const resultFile = join(dir, `result-${randomUUID()}.json`);
  const jest = fileURLToPath(import.meta.resolve("jest/bin/jest"));
  const standard = [
    "--passWithNoTests",
    ...["--testTimeout", String(TEST_LIMIT_MS)],
    ...["--cacheDirectory", join(root, "node_modules", ".cache", "jest")],
  ];
  const report = ["--json", "--outputFile", resultFile];
  const hanging = new AbortController();
  const watch = endWhenDone(resultFile, () => {
    terminal.say("jest does not end: a test has left something open, which counts as a failure");
    hanging.abort();
  });
  const { code } = await runToEnd(process.execPath, [jest, ...standard, ...report, ...args], {
    cwd: root,
    // The temporary folder is ours, so that a file a test forgets goes with it.
    env: { ...testEnvironment(stack, stackDir), TMPDIR: temporaryDir, [RUN_VARIABLE]: runId },
    signal: AbortSignal.any([signal, hanging.signal]),
    output: "show",
  });
  clearInterval(watch);
  signal.throwIfAborted();
  return { code, result: readJestResult(resultFile) };
}

/** Calls `onHanging` when the result has been there for a while; jest itself would wait without end. */
function endWhenDone(resultFile, onHanging) {
  let doneAt;
  const watch = setInterval(() => {
    if (doneAt === undefined && existsSync(resultFile)) doneAt = performance.now();
    if (doneAt === undefined || performance.now() - doneAt < END_LIMIT_MS) return;
    clearInterval(watch);
    onHanging();
  }, 1_000);
  return watch;
}

function testEnvironment(stack, stackDir) {
  return {
    ...process.env,
    ...(stack === undefined ? {} : { KAFKA_BROKERS: stack.kafkaBrokers, MONGODB_URI: stack.mongodbUri }),
    // For tests that hurt the stack itself.
    HOOKLANE_TEST_STACK_DIR: stackDir,
    ...(stack?.registryUrl === undefined ? {} : { SCHEMA_REGISTRY_URL: stack.registryUrl }),
    ...stack?.environment,
  };
}
