import { DURATION_BINS } from "./duration-bins.js";
import { HOUR_MS, SLOT_MS } from "./rollup-document.js";

type Stage = Record<string, unknown>;

const BINS = Array.from({ length: DURATION_BINS }, (_, bin) => bin);

/** Sums of a group: as accumulators, since nothing adds up objects by their keys. */
const SUMS: Stage = {
  delivered: { $sum: "$counts.delivered" },
  failed: { $sum: "$counts.failed" },
  deadLetters: { $sum: "$counts.deadLetters" },
  ...Object.fromEntries(BINS.map((bin) => [`bin${bin}`, { $sum: `$counts.durations.${bin}` }])),
};

const DURATIONS = BINS.map((bin) => `$bin${bin}`);

/** What a group came to, with its durations as a list. */
const SHOWN: Stage = { delivered: 1, failed: 1, deadLetters: 1, durations: DURATIONS };

/** Turns hours into `{ webhookId, at, counts }`, by hours or, where buckets are smaller, by their parts. */
export function toCounts(bucketMs: number, from: Date): readonly Stage[] {
  if (bucketMs >= HOUR_MS) return [{ $project: { webhookId: 1, at: "$hour", counts: "$$ROOT" } }];
  const slot = { $multiply: [{ $toInt: "$slot.k" }, SLOT_MS] };
  return [
    { $project: { webhookId: 1, hour: 1, slot: { $objectToArray: { $ifNull: ["$slots", {}] } } } },
    { $unwind: "$slot" },
    { $project: { webhookId: 1, at: { $add: ["$hour", slot] }, counts: "$slot.v" } },
    { $match: { at: { $gte: from } } },
  ];
}

/** By bucket: `_id` is its beginning, milliseconds since 1970. */
export function byBucket(bucketMs: number): readonly Stage[] {
  const at = { $toLong: "$at" };
  return [{ $group: { _id: { $subtract: [at, { $mod: [at, bucketMs] }] }, ...SUMS } }, { $project: SHOWN }];
}

/** The webhooks that failed most, and those whose requests took longest by their 95th percentile. */
export function byWebhook(limit: number): readonly Stage[] {
  return [
    { $group: { _id: "$webhookId", ...SUMS } },
    { $project: { ...SHOWN, p95Bin: rankedBin(0.95) } },
    {
      $facet: {
        failing: [{ $match: { failed: { $gt: 0 } } }, { $sort: { failed: -1, _id: 1 } }, { $limit: limit }],
        slowest: [{ $match: { p95Bin: { $gt: 0 } } }, { $sort: { p95Bin: -1, _id: 1 } }, { $limit: limit }],
      },
    },
  ];
}

/** By why requests failed: `_id` is the reason's key. */
export function byReason(limit: number): readonly Stage[] {
  return [
    { $match: { "counts.failed": { $gt: 0 } } },
    { $project: { reason: { $objectToArray: "$counts.reasons" } } },
    { $unwind: "$reason" },
    { $group: { _id: "$reason.k", count: { $sum: "$reason.v" } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: limit },
  ];
}

/** The number, from 1, of the bin in which a percentile lies; 0 when there is none. */
function rankedBin(q: number): Stage {
  const next = { seen: { $add: ["$$value.seen", "$$this"] }, bin: { $add: ["$$value.bin", 1] } };
  const search = {
    $reduce: {
      input: DURATIONS,
      initialValue: { seen: 0, bin: 0 },
      in: { $cond: [{ $gte: ["$$value.seen", "$$rank"] }, "$$value", next] },
    },
  };
  const rank = { $ceil: { $multiply: [q, { $sum: DURATIONS }] } };
  return { $let: { vars: { found: { $let: { vars: { rank }, in: search } } }, in: "$$found.bin" } };
}
