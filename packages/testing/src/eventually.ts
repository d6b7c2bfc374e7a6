import { setTimeout as sleep } from "node:timers/promises";

/** How {@link eventually} waits. */
export interface EventuallyOptions {
  /** Milliseconds after which it fails. Default 30 000: a slow machine is no bug. */
  readonly deadlineMs?: number;
  /** Milliseconds between two looks. Default 25. */
  readonly intervalMs?: number;
  /** What is awaited, for the error. */
  readonly what?: string;
}

/**
 * Looks again and again until `look` gives something else than `undefined`, `null` or `false` and does not throw, and
 * returns that. The way to await an outcome in a test: a condition with a deadline, never a pause of a fixed length.
 *
 * @throws Error at the deadline, naming `what`, with the last error of `look` as its cause
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  options: EventuallyOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { deadlineMs = 30_000, intervalMs = 25, what = "the condition" } = options;
  const end = performance.now() + deadlineMs;
  for (;;) {
    let cause: unknown;
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) {
        return seen as Exclude<T, undefined | null | false>;
      }
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= end) {
      const last = cause instanceof Error ? `: ${cause.message}` : "";
      throw new Error(`${what} did not come about within ${deadlineMs} ms${last}`, { cause });
    }
    await sleep(intervalMs);
  }
}
