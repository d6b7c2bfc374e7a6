/** The longest time nothing happened. */
export interface Pause {
  /** When it began, on the clock of the moments. */
  readonly fromMs: number;
  readonly durationMs: number;
}

/**
 * The longest pause between `fromMs` and `toMs` among moments in ascending order. The time from `fromMs` to the first
 * moment counts; the time after the last one does not, as then the work was done.
 */
export function findLongestPause(momentsMs: Iterable<number>, fromMs: number, toMs = Infinity): Pause {
  let longest: Pause = { fromMs, durationMs: 0 };
  let previous = fromMs;
  for (const moment of momentsMs) {
    if (moment < fromMs) continue;
    if (moment > toMs) break;
    if (moment - previous > longest.durationMs) longest = { fromMs: previous, durationMs: moment - previous };
    previous = moment;
  }
  return longest;
}

/** The moments of each group, in the order given; entries without a group are left out. */
export function groupMoments(
  momentsMs: Float64Array,
  groupOf: (index: number) => number | undefined,
): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  momentsMs.forEach((moment, index) => {
    const group = groupOf(index);
    if (group === undefined) return;
    const moments = groups.get(group);
    if (moments === undefined) groups.set(group, [moment]);
    else moments.push(moment);
  });
  return groups;
}
