import { setTimeout as pause } from "node:timers/promises";
import { StackError } from "./stack-error.js";

export interface PollOptions {
  /** Time limit in milliseconds. */
  readonly deadlineMs: number;
  /** Pause between two tries in milliseconds; default 100. */
  readonly everyMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries `attempt` until it gives a value, and returns that value; `undefined` when the deadline passes first.
 * What `attempt` throws ends the polling.
 */
export async function pollUntil<T>(
  attempt: () => Promise<T | undefined> | T | undefined,
  { deadlineMs, everyMs = 100, signal }: PollOptions,
): Promise<T | undefined> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    if (signal?.aborted) throw new StackError("aborted", "stopped before it was done");
    const value = await attempt();
    if (value !== undefined) return value;
    if (performance.now() >= deadline) return undefined;
    await pause(everyMs);
  }
}
