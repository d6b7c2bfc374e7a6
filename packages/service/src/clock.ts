/**
 * The process's one clock for deciding: whole milliseconds since 1970 as of the start, monotonic from there. A step of
 * the wall clock moves no retry and no lease (lanes.md §4 asks for both where it matters).
 */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Milliseconds since 1970 by the wall clock: for what others read or compare. */
  wallNow(): number;
}

export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  wallNow: () => Date.now(),
};
