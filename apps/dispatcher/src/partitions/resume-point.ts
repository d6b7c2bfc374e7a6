import type { LogBounds } from "@hooklane/kafka";
import type { PartitionContent } from "@hooklane/store";

/** Where a claimed partition goes on, and what is wrong with its log. */
export interface ResumePoint {
  readonly content: PartitionContent;
  readonly alarm?: {
    /** `log_replaced`: positions of before mean nothing now. `log_truncated`: retention passed what was not sent. */
    readonly kind: "log_replaced" | "log_truncated";
    readonly committed: number;
    readonly first: number;
    readonly end: number;
  };
}

const NOTHING = new Uint8Array(0);

/**
 * Compares a checkpoint with the log it is about (lanes.md §4): kafkajs resets silently where they do not fit. The marks
 * of the fan-out are never reset.
 */
export function findResumePoint(
  stored: PartitionContent,
  { first, end }: Pick<LogBounds, "first" | "end">,
  clusterId: string,
): ResumePoint {
  const { committed } = stored;
  const place = { committed, first, end };
  const isOtherCluster = stored.clusterId !== null && stored.clusterId !== clusterId;
  if (isOtherCluster || committed > end) {
    return {
      content: { ...stored, clusterId, logEpoch: stored.logEpoch + 1, committed: first, done: NOTHING },
      alarm: { kind: "log_replaced", ...place },
    };
  }
  if (committed < first) {
    const content = {
      ...stored,
      clusterId,
      committed: first,
      done: shiftBits(stored.done, first - committed),
    };
    // A log may begin later than a partition nobody has ever read from.
    return stored.clusterId === null ? { content } : { content, alarm: { kind: "log_truncated", ...place } };
  }
  return { content: { ...stored, clusterId } };
}

/** Drops the lowest `count` bits. */
function shiftBits(bits: Uint8Array, count: number): Uint8Array {
  const kept = bits.length * 8 - count;
  if (kept <= 0) return NOTHING;
  const shifted = new Uint8Array(Math.ceil(kept / 8));
  for (let i = 0; i < kept; i++) {
    const from = i + count;
    if ((bits[from >>> 3] ?? 0) & (1 << (from & 7)))
      shifted[i >>> 3] = (shifted[i >>> 3] ?? 0) | (1 << (i & 7));
  }
  return shifted;
}
