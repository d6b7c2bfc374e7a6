import type { WebhookStatsSeriesAnswer } from "@hooklane/contracts";
import {
  type BucketPlan,
  percentileOfBins,
  type RequestSeries,
  type RequestSums,
  type RollupRange,
} from "@hooklane/store";

const NONE: RequestSums = { delivered: 0, failed: 0, deadLetters: 0, durations: [] };

/** A series as it is answered: each bucket of the plan, whether anything is in it or not. Pure. */
export function toSeriesAnswer(
  { buckets, reasons }: RequestSeries,
  { starts, bucketMs }: BucketPlan,
  range: RollupRange,
  now: Date,
): Omit<WebhookStatsSeriesAnswer, "webhookId"> {
  const toIso = (start: number) => new Date(start).toISOString();
  return {
    range,
    from: toIso(starts[0] ?? now.getTime()),
    to: now.toISOString(),
    bucketSeconds: bucketMs / 1_000,
    total: toSumsAnswer([...buckets.values()].reduce(addSums, NONE)),
    buckets: starts.map((start) => ({ at: toIso(start), ...toSumsAnswer(buckets.get(start) ?? NONE) })),
    reasons: [...reasons],
  };
}

export function toSumsAnswer({ delivered, failed, deadLetters, durations }: RequestSums) {
  const requests = delivered + failed;
  return {
    delivered,
    failed,
    deadLetters,
    successRate: requests === 0 ? null : delivered / requests,
    p50Ms: percentileOfBins(durations, 0.5) ?? null,
    p95Ms: percentileOfBins(durations, 0.95) ?? null,
  };
}

function addSums(one: RequestSums, other: RequestSums): RequestSums {
  return {
    delivered: one.delivered + other.delivered,
    failed: one.failed + other.failed,
    deadLetters: one.deadLetters + other.deadLetters,
    durations: other.durations.map((count, bin) => count + (one.durations[bin] ?? 0)),
  };
}
