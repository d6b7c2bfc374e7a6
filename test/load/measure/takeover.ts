import type { Arrivals } from "./arrivals.js";
import { findLongestPause, groupMoments } from "./pauses.js";
import { type Distribution, distributionOf } from "./percentiles.js";

/** What a receiver saw of a dispatcher's end. Pauses are of a whole partition: no request of any of its endpoints. */
export interface Takeover {
  readonly movedPartitions: number;
  /** The longest pause of each moved partition after the end, milliseconds. */
  readonly movedPauseMs: Distribution;
  readonly otherPartitions: number;
  /** The longest pause of each other partition before the end, milliseconds. */
  readonly othersBeforeMs: Distribution;
  /** … and after it. */
  readonly othersAfterMs: Distribution;
  /** How long after the end the other partitions had work to be watched at, milliseconds. */
  readonly othersWatchedMs: number;
  /** Events the moved partitions' endpoints took in the last second before the end: what a crash may repeat. */
  readonly movedLastSecond: number;
}

export interface TakeoverCase {
  /** The moment of the signal, on the clock of the arrivals. */
  readonly endedAtMs: number;
  /** Partition by endpoint number; undefined: what comes to that endpoint does not count. */
  readonly partitions: readonly (number | undefined)[];
  /** Whether a partition was the ended dispatcher's. */
  readonly isMoved: (partition: number) => boolean;
}

export function describeTakeover(
  arrivals: Arrivals,
  { endedAtMs, partitions, isMoved }: TakeoverCase,
): Takeover {
  const groups = groupMoments(arrivals.arrivedMs, (index) => partitions[arrivals.endpoint[index] ?? -1]);
  const moved = [...groups].filter(([partition]) => isMoved(partition)).map(([, moments]) => moments);
  const others = [...groups].filter(([partition]) => !isMoved(partition)).map(([, moments]) => moments);
  const pauseAfter = (moments: readonly number[]) => findLongestPause(moments, endedAtMs).durationMs;
  const pauseBefore = (moments: readonly number[]) =>
    findLongestPause(moments, moments[0] ?? endedAtMs, endedAtMs).durationMs;
  return {
    movedPartitions: moved.length,
    movedPauseMs: distributionOf(moved.map(pauseAfter)),
    otherPartitions: others.length,
    othersBeforeMs: distributionOf(others.map(pauseBefore)),
    othersAfterMs: distributionOf(others.map(pauseAfter)),
    othersWatchedMs: Math.max(0, ...others.map((moments) => (moments.at(-1) ?? endedAtMs) - endedAtMs)),
    movedLastSecond: moved.flat().filter((moment) => moment > endedAtMs - 1_000 && moment <= endedAtMs)
      .length,
  };
}
