/** The record of a log that was taken in last: its offset, and what tells it from any other there (lanes.md §4). */
export type SeenRecord = readonly [offset: number, identity: string];

/** What a checkpoint says about the log it was made of. */
export interface LogClaim {
  /** Of the Kafka cluster; null before the first owner. */
  readonly clusterId: string | null;
  /** Raised when the log was cut or replaced; positions are (logEpoch, offset). */
  readonly logEpoch: number;
  /** The lowest unresolved offset. */
  readonly committed: number;
  /** Bit i (least significant first in each byte): offset `committed + i` is resolved. */
  readonly done: Uint8Array;
  /** Null: nothing was taken in of this log. */
  readonly seen: SeenRecord | null;
}

/** The log as it is found at a claim. Offsets in [first, end) exist. */
export interface FoundLog {
  readonly clusterId: string;
  readonly first: number;
  readonly end: number;
}

/** What is wrong with a log. */
export interface LogAlarm {
  /** `log_replaced`: positions of before mean nothing now. `log_truncated`: retention passed what was not sent. */
  readonly kind: "log_replaced" | "log_truncated";
  /** Truncated: offsets from `committed` to below `first` are lost. */
  readonly committed: number;
  readonly first: number;
  readonly end: number;
}

/** Where a claimed partition goes on. */
export interface ResumePoint<C extends LogClaim> {
  readonly content: C;
  readonly alarm?: LogAlarm;
}

const NOTHING = new Uint8Array(0);

/** The offset whose record has to be read before {@link findResumePoint} can tell; undefined when the ends suffice. */
export function offsetToCompare(stored: LogClaim, log: FoundLog): number | undefined {
  if (stored.seen === null || isElsewhere(stored, log)) return undefined;
  const [offset] = stored.seen;
  // Below the log's beginning retention took it, as it takes everything in the end.
  return offset >= log.first && offset < log.end ? offset : undefined;
}

/**
 * Compares a checkpoint with the log it is about (lanes.md §4): a log that was cut or replaced is seen, instead of being
 * read on from a position that means nothing there. The lanes stay as they are: their positions and their backlog are
 * of the older log epoch, so all of it comes before anything of the new one. The fan-out's marks are never reset.
 *
 * @param identity of the record at {@link offsetToCompare}; undefined when nothing was to be compared
 */
export function findResumePoint<C extends LogClaim>(
  stored: C,
  log: FoundLog,
  identity: string | undefined,
): ResumePoint<C> {
  const { committed, seen } = stored;
  const { clusterId, first, end } = log;
  const place = { committed, first, end };
  const isOther = identity !== undefined && seen !== null && identity !== seen[1];
  if (isElsewhere(stored, log) || isOther) {
    const logEpoch = stored.logEpoch + 1;
    return {
      content: { ...stored, clusterId, logEpoch, committed: first, done: NOTHING, seen: null },
      alarm: { kind: "log_replaced", ...place },
    };
  }
  if (committed >= first) return { content: { ...stored, clusterId } };
  const content = { ...stored, clusterId, committed: first, done: shiftBits(stored.done, first - committed) };
  // A log may begin later than a partition nobody has ever read from.
  return stored.clusterId === null ? { content } : { content, alarm: { kind: "log_truncated", ...place } };
}

/** Another cluster, or a log that ends before what was read of it. */
function isElsewhere({ clusterId, committed, seen }: LogClaim, log: FoundLog): boolean {
  if (clusterId !== null && clusterId !== log.clusterId) return true;
  return committed > log.end || (seen !== null && seen[0] >= log.end);
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
