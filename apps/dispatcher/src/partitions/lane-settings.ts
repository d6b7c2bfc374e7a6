import type { LaneSettings } from "@hooklane/lanes";
import type { DispatcherConfig } from "../config.js";
import { LEASE_GUARD_MS } from "./lease-time.js";

/**
 * The engine's limits for one of `share` partitions. Until lanes are parked durably, what a blocked endpoint has queued
 * stays in memory, and a partition that has used up its part of the budget is paused for all its endpoints: so the part
 * is large, and the shared rule ends a blocked line long before it fills at ordinary rates.
 */
export function toLaneSettings(config: DispatcherConfig, share: number): LaneSettings {
  return {
    retry: { waitsSeconds: config.DISPATCHER_RETRY_WAITS_S },
    requestTimeoutMs: config.DISPATCHER_REQUEST_TIMEOUT_MS,
    leaseGuardMs: LEASE_GUARD_MS,
    queuedRecordsMax: 50_000,
    queuedBytesMax: Math.floor(config.DISPATCHER_QUEUE_BYTES_MAX / Math.max(1, share)),
    openOffsetsMax: 1_000_000,
    unreportedMax: 500,
    deferFirstMs: 1_000,
    deferMaxMs: 30_000,
    refusedPauseMs: 100,
    refreshPauseMs: 1_000,
  };
}
