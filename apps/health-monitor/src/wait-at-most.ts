import { setTimeout as sleep } from "node:timers/promises";

/** Waits for the end of something, but not longer than `limitMs`; it goes on by itself then. Its failure is its own. */
export async function waitAtMost(work: Promise<unknown> | undefined, limitMs: number): Promise<void> {
  const late = new AbortController();
  const limit = sleep(limitMs, undefined, { signal: late.signal }).catch(() => undefined);
  await Promise.race([work?.catch(() => undefined), limit]);
  late.abort();
}
