import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAndBuild } from "./install.mjs";
import { importPackage } from "./paths.mjs";
import { runJest } from "./jest.mjs";
import { reapProcesses } from "./reap.mjs";
import { needsStack, toParts } from "./test-parts.mjs";
import { closingLine, failureLines, isSound } from "./test-summary.mjs";
import { readStackKind, startTestStack } from "./test-stack.mjs";

/**
 * Runs the tests with further arguments for jest, cleans up, prints what failed and the closing line last, and gives the
 * exit code.
 */
export async function runTests(args, terminal, signal) {
  const kind = readStackKind(process.env);
  await installAndBuild(terminal, signal);
  await removeAbandonedRuns();
  const { wipeStack } = await importPackage("local-stack");
  const dir = mkdtempSync(join(tmpdir(), `${RUN_DIR_PREFIX}${process.pid}-`));
  const stackDir = join(dir, "stack");
  const runId = randomUUID();
  const outcomes = [];
  let stack;
  try {
    for (const part of toParts(args, kind)) {
      if (stack === undefined && needsStack(part)) {
        const start = () => startTestStack(stackDir, process.env, terminal, signal);
        stack = await terminal.step("starting the stack", start);
      }
      outcomes.push(await runJest({ args: part, dir, runId, stack, stackDir, terminal, signal }));
    }
  } finally {
    for (const command of reapProcesses(runId))
      terminal.say(`killed what a test had left running: ${command}`);
    if (stack !== undefined) await terminal.step("stopping the stack", () => stack.stop());
    await wipeStack(stackDir, { onProgress: (line) => terminal.say(`stack: ${line}`) });
    rmSync(dir, { recursive: true, force: true });
  }
  // Last of all: between a failure and the end of a run lie hundreds of lines.
  for (const line of failureLines(outcomes)) terminal.print(line);
  terminal.print(closingLine(outcomes));
  return outcomes.every(isSound) ? 0 : 1;
}

/** Folders of test runs begin so, followed by the number of the process. */
const RUN_DIR_PREFIX = "hooklane-test-";

/** Clears away what a run that was killed has left: its stack and its folder. */
async function removeAbandonedRuns() {
  const { inspectProcess, wipeStack } = await importPackage("local-stack");
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${RUN_DIR_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || inspectProcess(Number(pid)) !== undefined) continue;
    const dir = join(tmpdir(), name);
    await wipeStack(join(dir, "stack"));
    rmSync(dir, { recursive: true, force: true });
  }
}
