import type { Arrivals } from "./arrivals.js";

/**
 * How far each further attempt came from its time, milliseconds, by number of the attempt (2, 3, 4): its arrival less
 * the first attempt's, less the waits between them. Negative: early.
 *
 * @param waitsSeconds before retries 1, 2, 3, each from the start of the attempt before
 * @param isCounted which endpoints
 */
export function findRetryDeviations(
  arrivals: Arrivals,
  waitsSeconds: readonly number[],
  isCounted: (endpoint: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const seen = new Map<string, { firstMs: number; attempts: number }>();
  const deviations = new Map<number, number[]>();
  for (let i = 0; i < arrivals.endpoint.length; i++) {
    const endpoint = arrivals.endpoint[i] ?? -1;
    if (!isCounted(endpoint)) continue;
    const arrivedMs = arrivals.arrivedMs[i] ?? Number.NaN;
    const key = `${endpoint}:${arrivals.sequence[i] ?? -1}`;
    const event = seen.get(key);
    if (event === undefined) {
      seen.set(key, { firstMs: arrivedMs, attempts: 1 });
      continue;
    }
    event.attempts++;
    const waits = waitsSeconds.slice(0, event.attempts - 1);
    // More attempts than the waits say are repeats, not retries.
    if (waits.length < event.attempts - 1) continue;
    const dueMs = event.firstMs + waits.reduce((sum, wait) => sum + wait, 0) * 1_000;
    const sameAttempt = deviations.get(event.attempts) ?? [];
    sameAttempt.push(arrivedMs - dueMs);
    deviations.set(event.attempts, sameAttempt);
  }
  return deviations;
}
