import type { Arrivals } from "./arrivals.js";

/** What became of the events of a run, by the receiver's own record. */
export interface Verdict {
  /** Different events that the receiver accepted (answered 2xx) at least once. */
  readonly delivered: number;
  /** Neither delivered nor exhausted. */
  readonly lost: number;
  /** Never accepted, and refused as often as a delivery is tried (product.md D3): dead letters. */
  readonly exhausted: number;
  /** Requests with an event that had been accepted before. */
  readonly duplicated: number;
  /** Events accepted after a later event of their endpoint. */
  readonly outOfOrder: number;
  /** Requests with an event that had been refused before. */
  readonly retried: number;
}

/** Whether two events of an endpoint have an order at all: published by calls that overlapped, they have none. */
export type IsOrdered = (endpoint: number, earlier: number, later: number) => boolean;

/** Attempts of a delivery: the first and three retries. */
const ATTEMPTS_MAX = 4;

interface Line {
  /** Attempts seen, by sequence number. */
  readonly tries: Uint8Array;
  /** 1 when accepted, by sequence number. */
  readonly accepted: Uint8Array;
  /** The highest number accepted. */
  highest: number;
}

/**
 * Judges a run. `expected[n]` is the number of events sent to endpoint `n`, numbered from 0; requests of other
 * endpoints or numbers are not counted at all.
 */
export function judge(
  arrivals: Arrivals,
  expected: readonly number[],
  isOrdered: IsOrdered = () => true,
): Verdict {
  const lines = expected.map((count): Line => ({
    tries: new Uint8Array(count),
    accepted: new Uint8Array(count),
    highest: -1,
  }));
  let delivered = 0;
  let duplicated = 0;
  let outOfOrder = 0;
  let retried = 0;
  for (let i = 0; i < arrivals.endpoint.length; i++) {
    const endpoint = arrivals.endpoint[i] ?? -1;
    const line = lines[endpoint];
    const sequence = arrivals.sequence[i] ?? -1;
    if (line === undefined || sequence >= line.tries.length) continue;
    if (line.accepted[sequence] === 1) {
      duplicated++;
      continue;
    }
    const tries = line.tries[sequence] ?? 0;
    if (tries > 0) retried++;
    line.tries[sequence] = Math.min(255, tries + 1);
    if (arrivals.accepted[i] !== 1) continue;
    line.accepted[sequence] = 1;
    delivered++;
    if (sequence > line.highest) line.highest = sequence;
    else if (isOrdered(endpoint, sequence, line.highest)) outOfOrder++;
  }
  const exhausted = lines.reduce((sum, line) => sum + countExhausted(line), 0);
  const total = expected.reduce((sum, count) => sum + count, 0);
  return { delivered, lost: total - delivered - exhausted, exhausted, duplicated, outOfOrder, retried };
}

function countExhausted({ tries, accepted }: Line): number {
  return tries.reduce((sum, count, i) => sum + (accepted[i] === 0 && count >= ATTEMPTS_MAX ? 1 : 0), 0);
}
