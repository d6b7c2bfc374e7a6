import { LEASE_GUARD_MS } from "../ownership/lease.js";
import type { LaneSettings } from "../settings.js";
import { REQUEST_TIMEOUT_MS } from "./receivers.js";

/** As in production, but for limits of memory so small that runs meet them. */
export const SETTINGS: LaneSettings = {
  retry: { waitsSeconds: [30, 60, 90] },
  requestTimeoutMs: REQUEST_TIMEOUT_MS,
  leaseGuardMs: LEASE_GUARD_MS,
  queuedRecordsMax: 40,
  queuedBytesMax: 10_000_000,
  openOffsetsMax: 200,
  unreportedMax: 12,
  overflowAfterMs: 10_000,
  parkDelayMs: 100,
  pageRecordsMax: 12,
  pageBytesMax: 1_000_000,
  pagesBytesMax: 8_000_000,
  deferFirstMs: 1_000,
  deferMaxMs: 8_000,
  refusedPauseMs: 100,
  refreshPauseMs: 1_000,
};
