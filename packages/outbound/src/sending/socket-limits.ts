import { readFileSync } from "node:fs";

/** Requests compete for sockets only with others of their kind (lanes.md §8). */
export const SEND_POOLS = ["live", "drain", "retry"] as const;
export type SendPool = (typeof SEND_POOLS)[number];

/** Descriptors for all else: Kafka, MongoDB's pool, our own port, files. */
const RESERVED = 256;
/** By default no more, however many descriptors there are: a socket also costs memory, measured 9 KiB, with TLS 55. */
const DEFAULT_MAX = 8_192;
/** When the process's limit cannot be read; POSIX systems seldom have less. */
const OPEN_FILES_ASSUMED = 1_024;
/** Below, no pool would have a socket to share. */
export const SOCKETS_MIN = 8;

const DRAIN_SHARE = 0.25;
const RETRY_SHARE = 0.25;
/** So one origin leaves half of the smallest pool to others. */
const ORIGIN_SHARE = 1 / 8;

/** How many sockets to receivers there may be. */
export interface SocketLimits {
  /** In use and idle together. */
  readonly total: number;
  /** In use at a time; together `total`. */
  readonly pools: Readonly<Record<SendPool, number>>;
  /** In use at a time by one origin, over all pools. */
  readonly perOrigin: number;
}

/**
 * Shares the sockets out: a quarter each for draining and for retries, the rest for live requests. The shares are fixed,
 * nothing is lent: a socket lent to a request that hangs comes back only at its time limit, so the lender would starve,
 * which is what separate pools are to prevent.
 */
export function toSocketLimits(options: {
  /** The process's limit; undefined: unknown. */
  readonly openFilesMax: number | undefined;
  /** As configured. */
  readonly socketsMax?: number | undefined;
  readonly perOriginMax?: number | undefined;
}): SocketLimits {
  const openFilesMax = options.openFilesMax ?? OPEN_FILES_ASSUMED;
  const affordable = Math.min(DEFAULT_MAX, Math.max(SOCKETS_MIN, openFilesMax - RESERVED));
  const total = options.socketsMax ?? affordable;
  const drain = Math.floor(total * DRAIN_SHARE);
  const retry = Math.floor(total * RETRY_SHARE);
  return {
    total,
    pools: { live: total - drain - retry, drain, retry },
    perOrigin: options.perOriginMax ?? Math.max(1, Math.floor(total * ORIGIN_SHARE)),
  };
}

/** The soft limit of open files of this process, Infinity for none; undefined where the system does not tell. */
export function readOpenFilesMax(path = "/proc/self/limits"): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(text)?.[1];
  if (soft === undefined) return undefined;
  return soft === "unlimited" ? Infinity : Number(soft);
}
