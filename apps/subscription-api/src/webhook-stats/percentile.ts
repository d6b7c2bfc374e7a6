/**
 * Nearest rank: the smallest value that at least the share `q` of all values do not exceed.
 *
 * @param sorted ascending
 * @param q above 0, to 1
 * @returns undefined when there are none
 */
export const percentile = (sorted: readonly number[], q: number): number | undefined =>
  sorted[Math.ceil(q * sorted.length) - 1];
