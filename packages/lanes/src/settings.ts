import type { RetryPolicy } from "@hooklane/core";

/** Limits and times of the engine. */
export interface LaneSettings {
  readonly retry: RetryPolicy;
  /** A request takes no longer, milliseconds (product.md D1). */
  readonly requestTimeoutMs: number;
  /** Kept free between the end of the longest request and the end of the lease, milliseconds (lanes.md §4). */
  readonly leaseGuardMs: number;
  /** A partition holding more records or bytes is paused; it goes on below 60 % of both (lanes.md §5). */
  readonly queuedRecordsMax: number;
  readonly queuedBytesMax: number;
  /** A partition read this far ahead of its watermark is paused: bounds the bitmap. */
  readonly openOffsetsMax: number;
  /** No request starts while so many results await their acknowledgement: bounds duplicates when Kafka is away. */
  readonly unreportedMax: number;
  /** A live lane whose oldest delivery has waited so long is moved to the backlog, milliseconds (lanes.md §5). */
  readonly overflowAfterMs: number;
  /** The longest a delivery waits for others to be written to the backlog with it, milliseconds. */
  readonly parkDelayMs: number;
  /** A page of the backlog, and how little of it is left before a lane catches up in memory (lanes.md §6). */
  readonly pageRecordsMax: number;
  readonly pageBytesMax: number;
  /** All pages together, divided among the lanes that read the backlog, bytes. */
  readonly pagesBytesMax: number;
  /** Pause after a fault of our own, doubling from first to max, milliseconds. */
  readonly deferFirstMs: number;
  readonly deferMaxMs: number;
  /** Pause of a lane whose requests are refused again and again at the last moment, milliseconds. */
  readonly refusedPauseMs: number;
  /** Pause between reads of a webhook whose copy stays older than a delivery, milliseconds. */
  readonly refreshPauseMs: number;
}

/** Share of a limit below which a paused partition goes on. */
export const RESUME_BELOW = 0.6;

/** A retry's deliveries are read from the backlog this long before it is due, milliseconds (lanes.md §6). */
export const READ_AHEAD_MS = 1_000;
