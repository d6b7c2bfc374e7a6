import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when the work has ended, either way, or after `limitMs`: it goes on by itself then. Never rejects. */
export async function settledOrLate(work: Promise<unknown>, limitMs: number): Promise<void> {
  const ended = new AbortController();
  const late = sleep(limitMs, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), late]);
  ended.abort();
}
