import type { LaneSettings } from "@hooklane/lanes";
import type { DispatcherConfig } from "../config.js";
import { LEASE_GUARD_MS } from "./lease-time.js";

/** What a partition may have queued at most, bytes, however large the budget (lanes.md §5). */
const PARTITION_BYTES_MAX = 4 * 1024 * 1024;
/** Of the budget, what is read from backlogs: the rest is for what comes from the log. */
const PAGES_SHARE = 0.25;

/**
 * The engine's limits for one of `share` partitions. The process's budget is divided evenly, so that all partitions
 * together keep to it without asking each other (lanes.md §8).
 */
export function toLaneSettings(config: DispatcherConfig, share: number): LaneSettings {
  const budget = config.DISPATCHER_QUEUE_BYTES_MAX / Math.max(1, share);
  return {
    retry: { waitsSeconds: config.DISPATCHER_RETRY_WAITS_S },
    requestTimeoutMs: config.DISPATCHER_REQUEST_TIMEOUT_MS,
    leaseGuardMs: LEASE_GUARD_MS,
    queuedRecordsMax: 2_000,
    queuedBytesMax: Math.min(PARTITION_BYTES_MAX, Math.floor(budget * (1 - PAGES_SHARE))),
    openOffsetsMax: 1_000_000,
    unreportedMax: 500,
    overflowAfterMs: 10_000,
    parkDelayMs: 100,
    pageRecordsMax: 200,
    pageBytesMax: 1024 * 1024,
    pagesBytesMax: Math.floor(budget * PAGES_SHARE),
    deferFirstMs: 1_000,
    deferMaxMs: 30_000,
    refusedPauseMs: 100,
    refreshPauseMs: 1_000,
  };
}
