import { setTimeout as sleep } from "node:timers/promises";
import { backoff } from "./backoff.js";

/** How {@link retryForever} waits and when it gives up. */
export interface RetryForeverOptions {
  /** Ends the waiting: the call rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Milliseconds to wait after failure `attempt` (1-based). Default: {@link backoff} with random jitter. */
  readonly backoff?: (attempt: number) => number;
  /** Called after each failure, before the pause. Throw from it to give up. */
  readonly onError?: (error: unknown, attempt: number, waitMs: number) => void;
}

/**
 * Repeats an infrastructure call until it succeeds: what was accepted is never given up (architecture.md §3). For calls
 * whose failure is temporary by nature; an outcome that will not change belongs into the return value of `fn`.
 *
 * @throws the signal's reason once it is aborted; what `onError` throws
 */
export async function retryForever<T>(
  fn: (attempt: number) => Promise<T>,
  { signal, backoff: pause = (attempt) => backoff(attempt, Math.random()), onError }: RetryForeverOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await fn(attempt);
    } catch (error) {
      signal.throwIfAborted();
      const waitMs = pause(attempt);
      onError?.(error, attempt, waitMs);
      await sleepUnlessAborted(waitMs, signal);
    }
  }
}

async function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // The timer rejects with an AbortError of its own; callers expect the signal's reason.
    signal.throwIfAborted();
  }
}
