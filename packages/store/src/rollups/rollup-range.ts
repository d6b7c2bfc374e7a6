import { HOUR_MS, SLOT_MS } from "./rollup-document.js";

/** How far back charts go; with it stands how finely. */
export const ROLLUP_RANGES = ["1h", "24h", "7d"] as const;
export type RollupRange = (typeof ROLLUP_RANGES)[number];

/** Few enough that each is seen on a phone, and read in a table. */
const BUCKETS: Readonly<Record<RollupRange, { readonly bucketMs: number; readonly count: number }>> = {
  "1h": { bucketMs: SLOT_MS, count: 12 },
  "24h": { bucketMs: HOUR_MS, count: 24 },
  "7d": { bucketMs: 6 * HOUR_MS, count: 28 },
};

/** The buckets of a range, of which the last is not over. */
export interface BucketPlan {
  readonly bucketMs: number;
  /** The beginning of each, oldest first, milliseconds since 1970; whole multiples of `bucketMs`. */
  readonly starts: readonly number[];
}

/** Pure. */
export function planBuckets(range: RollupRange, now: Date): BucketPlan {
  const { bucketMs, count } = BUCKETS[range];
  const last = Math.floor(now.getTime() / bucketMs);
  return {
    bucketMs,
    starts: Array.from({ length: count }, (_, index) => (last - count + 1 + index) * bucketMs),
  };
}
