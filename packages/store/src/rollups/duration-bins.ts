/** Bins in which a duration doubles: a percentile read from them is off by a quarter at worst, mostly by far less. */
const BINS_PER_OCTAVE = 3;

/** The last one takes all above 41 s; no attempt takes that long. */
export const DURATION_BINS = 48;

/** Counts of durations by bin, from the shortest. */
export type DurationCounts = readonly number[];

/** @param durationMs milliseconds, of which the first is one bin */
export function toDurationBin(durationMs: number): number {
  if (durationMs <= 1) return 0;
  return Math.min(DURATION_BINS - 1, Math.ceil(Math.log2(durationMs) * BINS_PER_OCTAVE));
}

/**
 * By the nearest rank, as if the durations of a bin were spread evenly in it.
 *
 * @param q above 0, to 1
 * @returns milliseconds, to a tenth; undefined when there are none
 */
export function percentileOfBins(counts: DurationCounts, q: number): number | undefined {
  const rank = Math.ceil(q * counts.reduce((sum, count) => sum + count, 0));
  if (rank === 0) return undefined;
  let below = 0;
  const bin = counts.findIndex((count) => {
    if (below + count >= rank) return true;
    below += count;
    return false;
  });
  const [lower, upper] = boundsOf(bin);
  const share = (rank - below) / (counts[bin] ?? 1);
  return Math.round((lower + share * (upper - lower)) * 10) / 10;
}

const boundsOf = (bin: number): readonly [lower: number, upper: number] => [
  bin === 0 ? 0 : 2 ** ((bin - 1) / BINS_PER_OCTAVE),
  2 ** (bin / BINS_PER_OCTAVE),
];
