import { readEvents, type ReceivedRequest } from "./received-request.js";

/** What reached an endpoint whose events are numbered from 1 in `data.seq`, judged as a line. */
export interface LineReport {
  /** Events that came, repeats counted. */
  readonly arrivals: number;
  /** Different events that came. */
  readonly distinct: number;
  /** Events that came again although the receiver had taken them: what a receiver has to recognise by `webhook-id`. */
  readonly duplicates: number;
  /** Events that came again as a further attempt although they were taken: the answer came too late for the sender. */
  readonly lateAnswers: number;
  /** The first numbers that never came; none: nothing is lost. */
  readonly missing: readonly number[];
  /** The first places where the line was left: an event came before one that stands in front of it. */
  readonly breaks: readonly string[];
}

/** Enough to see what went wrong. */
const SHOWN_MAX = 10;

/**
 * Judges the requests of one endpoint in order of arrival. The line may step back, as after a crash, and then goes over
 * the same events again; it may never skip forward: `…, 7, 8, 6, 7, 8, 9` is a repeat, `…, 7, 9` and `…, 8, 6, 8` are
 * breaks.
 *
 * @param expected how many events were sent to the endpoint
 */
export function readLine(requests: readonly ReceivedRequest[], expected: number): LineReport {
  const seen = new Set<number>();
  /** By event, the number of the attempt that was taken. */
  const taken = new Map<number, number>();
  const breaks: string[] = [];
  let [arrivals, duplicates, lateAnswers, previous] = [0, 0, 0, 0];
  for (const request of requests) {
    const isTaken = request.status !== undefined && request.status < 300;
    for (const { data } of readEvents(request)) {
      const seq = Number(data.seq);
      arrivals++;
      const takenBefore = taken.get(seq);
      if (takenBefore !== undefined) {
        if (request.attempt > takenBefore) lateAnswers++;
        else duplicates++;
      }
      if (seq > previous + 1 && breaks.length < SHOWN_MAX) breaks.push(`${seq} after ${previous}`);
      previous = seq;
      seen.add(seq);
      if (isTaken) taken.set(seq, request.attempt);
    }
  }
  const missing: number[] = [];
  for (let seq = 1; seq <= expected && missing.length < SHOWN_MAX; seq++) {
    if (!seen.has(seq)) missing.push(seq);
  }
  return { arrivals, distinct: seen.size, duplicates, lateAnswers, missing, breaks };
}
