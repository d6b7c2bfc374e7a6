/** Exact percentiles of a set of measurements, in the unit of the measurements. */
export interface Distribution {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Sorts a copy and picks by nearest rank: every figure is a value that was measured. */
export function distributionOf(values: Float64Array | readonly number[]): Distribution {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    min: sorted[0] ?? Number.NaN,
    p50: nearestRank(sorted, 0.5),
    p95: nearestRank(sorted, 0.95),
    p99: nearestRank(sorted, 0.99),
    max: sorted.at(-1) ?? Number.NaN,
  };
}

function nearestRank(sorted: Float64Array, fraction: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? Number.NaN;
}

/** The middle value; of an even number the lower of the two, so that it was measured. */
export function median(values: readonly number[]): number {
  return nearestRank(Float64Array.from(values).sort(), 0.5);
}
