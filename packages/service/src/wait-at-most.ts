import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for the end of something, but not longer than `limitMs`; it goes on by itself then.
 *
 * @returns whether it ended in time
 * @throws what the work threw in time
 */
export async function waitAtMost(work: Promise<unknown>, limitMs: number): Promise<boolean> {
  const ended = new AbortController();
  const inTime = work.then(() => true);
  // It may fail when nobody waits any more.
  inTime.catch(() => undefined);
  const late = sleep(limitMs, false, { signal: ended.signal }).catch(() => false);
  try {
    return await Promise.race([inTime, late]);
  } finally {
    ended.abort();
  }
}
