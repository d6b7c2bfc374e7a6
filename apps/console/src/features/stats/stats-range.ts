export const STATS_RANGES = ["1h", "24h", "7d"] as const;
export type StatsRange = (typeof STATS_RANGES)[number];

/** What a page with charts shows; absent: a day. */
export interface StatsSearch {
  readonly range?: StatsRange | undefined;
}

/** What an address asks for; what cannot be understood is left out. */
export const readStatsSearch = (raw: Readonly<Record<string, unknown>>): StatsSearch => ({
  range: STATS_RANGES.find((range) => range === raw.range),
});
