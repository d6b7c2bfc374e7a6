import type { Arrivals } from "./arrivals.js";

/** What became of the events of a run, by the receiver's own record. */
export interface Verdict {
  /** Different events that arrived at least once. */
  readonly delivered: number;
  readonly lost: number;
  /** Requests beyond an event's first that were not announced as a further attempt. */
  readonly duplicated: number;
  /** Events whose first arrival came after that of a later event of their endpoint. */
  readonly outOfOrder: number;
  /** Requests with `webhook-attempt` above 1. */
  readonly retried: number;
}

/** Whether two events of an endpoint have an order at all: published by calls that overlapped, they have none. */
export type IsOrdered = (endpoint: number, earlier: number, later: number) => boolean;

/**
 * Judges a run. `expected[n]` is the number of events sent to endpoint `n`, numbered from 0; requests of other
 * endpoints or numbers are not counted as delivered.
 */
export function judge(
  arrivals: Arrivals,
  expected: readonly number[],
  isOrdered: IsOrdered = () => true,
): Verdict {
  const lines = expected.map((count) => ({ seen: new Uint8Array(count), highest: -1 }));
  let delivered = 0;
  let duplicated = 0;
  let outOfOrder = 0;
  let retried = 0;
  for (let i = 0; i < arrivals.endpoint.length; i++) {
    const endpoint = arrivals.endpoint[i] ?? -1;
    const line = lines[endpoint];
    const sequence = arrivals.sequence[i] ?? -1;
    const isRetry = (arrivals.attempt[i] ?? 0) > 1;
    if (isRetry) retried++;
    if (line === undefined || sequence >= line.seen.length) continue;
    if (line.seen[sequence] === 1) {
      if (!isRetry) duplicated++;
      continue;
    }
    line.seen[sequence] = 1;
    delivered++;
    if (sequence > line.highest) line.highest = sequence;
    else if (isOrdered(endpoint, sequence, line.highest)) outOfOrder++;
  }
  const total = expected.reduce((sum, count) => sum + count, 0);
  return { delivered, lost: total - delivered, duplicated, outOfOrder, retried };
}
