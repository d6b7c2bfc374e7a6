import { setTimeout as sleep } from "node:timers/promises";

/** Waits before attempt `attempt` + 1 after a failure: 100 ms doubling to 5 s, half of it random. */
export async function pauseAfterFailure(attempt: number, signal: AbortSignal): Promise<void> {
  const exponentialMs = Math.min(5_000, 100 * 2 ** Math.min(attempt - 1, 10));
  await sleepUntil(exponentialMs / 2 + (exponentialMs / 2) * Math.random(), signal);
}

/** Sleeps; ends early, without an error, when the signal is aborted. */
export async function sleepUntil(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Aborted: the caller looks at its signal.
  }
}

/** The promise's outcome, or undefined after `limitMs`; the promise itself goes on. */
export async function withinTime<T>(promise: Promise<T>, limitMs: number): Promise<T | undefined> {
  // No abortable sleep: an abort makes an error with its stack, and this is asked for every send.
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), limitMs)));
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
