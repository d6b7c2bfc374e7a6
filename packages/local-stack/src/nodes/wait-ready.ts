import { readFileSync } from "node:fs";
import type { StoppableProcess } from "../processes/stoppable-process.js";
import { pollUntil } from "../poll.js";
import { StackError } from "../stack-error.js";

/** Time a node has from its start until it answers, in milliseconds. A loaded machine with two cores needs seconds. */
const READY_DEADLINE_MS = 90_000;

export interface StartingNode {
  readonly name: string;
  readonly node: StoppableProcess;
  readonly logFile: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Waits until `probe` says true. A probe that fails is tried again; a node that ends meanwhile, or is late, is a fault that
 * carries the last lines of its log. The node is stopped then.
 */
export async function waitReady(
  { name, node, logFile, signal }: StartingNode,
  probe: () => Promise<boolean>,
): Promise<void> {
  let end: string | undefined;
  void node.ended.then((reason) => {
    end = reason;
  });
  try {
    const ready = await pollUntil(
      async () => {
        if (end !== undefined) {
          throw new StackError("start_failed", `${name} ended at its start (${end}): ${lastWords(logFile)}`);
        }
        // An error says that it is not ready yet; the deadline says when that is a fault.
        return (await probe().catch(() => false)) ? true : undefined;
      },
      { deadlineMs: READY_DEADLINE_MS, signal },
    );
    if (ready === undefined) {
      throw new StackError(
        "start_failed",
        `${name} is not ready after ${READY_DEADLINE_MS / 1000} s: ${lastWords(logFile)}`,
      );
    }
  } catch (error) {
    await node.stop();
    throw error;
  }
}

/** What a log says about a failed start: its first line about an error, or how it ends. In one line. */
function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trimEnd().split("\n");
  // MongoDB writes a severity of E or F, Java the level or the exception.
  const error = lines.find((line) => /"s":"[EF]"|\b(?:ERROR|FATAL)\b|Exception\b/.test(line));
  return (error ?? lines.slice(-3).join(" | ")).slice(0, 600);
}
