import type { AttemptEnd, EndpointId } from "@hooklane/core";
import type { DurableState, FrozenRequest } from "./durable-state.js";
import { LaneQueue } from "./lane-queue.js";
import type { LaneRecord } from "./lane-record.js";
import type { LaneState } from "./lane-state.js";
import { OpenPositions } from "./open-positions.js";

/**
 * What a lane is doing. `free`: nothing is asked of the outside, it moves when pumped. The others wait for an answer:
 * `sending` for the receiver's, `counting` for the shared rule's verdict, `recording` until what it has done so far is
 * in `attempts.v1`.
 */
export type LanePhase = "free" | "sending" | "counting" | "recording";

/** The request a lane is at: frozen until it is settled or parked (product.md D8). */
export interface Hand {
  readonly records: readonly LaneRecord[];
  readonly batched: boolean;
  /** Number of the attempt that is running or comes next, 1-based. */
  readonly attempt: number;
}

/** A failed request that is to be made again. */
export interface ComingRetry {
  readonly frozen: FrozenRequest;
  /** Milliseconds, the lane's clock. */
  readonly dueAt: number;
  /** The result that says so is in `attempts.v1`. */
  readonly isRecorded: boolean;
}

/** The ordered line of one endpoint (lanes.md §1). */
export class Lane {
  readonly endpointId: EndpointId;
  /** From the log and unresolved: all of a live lane's, and what arrives during CATCH-UP. */
  readonly queue = new LaneQueue();
  phase: LanePhase = "free";
  hand: Hand | undefined;
  /** Present when the lane left the live path. */
  durable: DurableState | undefined;
  /** How the last request failed, while its error is counted. */
  failure: AttemptEnd | undefined;
  /** What follows it, while results are on their way to `attempts.v1`. */
  retry: ComingRetry | undefined;
  /** Outcomes that are not in `attempts.v1` yet, by their first delivery: no stored cursor passes them. */
  readonly outcomes = new OpenPositions();
  /** Results of any kind that are not in `attempts.v1` yet. */
  unreported = 0;
  /** Names the running request. */
  ticket = 0;
  /** Not before this (ms): a retry or a deferred attempt is due then. */
  notBefore = 0;
  /** When the last request was begun (ms). */
  begunAt = -Infinity;
  /** The time this lane waits for in the engine's timers; NaN when none. */
  dueAt = NaN;
  /** Own-side faults in a row. */
  deferrals = 0;
  /** Requests refused at the last moment, in a row. */
  refusals = 0;
  /** The webhook is being read; or was, and is asked for again at this time (ms). */
  refreshing = false;
  refreshNotBefore = 0;

  constructor(endpointId: EndpointId) {
    this.endpointId = endpointId;
  }

  get state(): LaneState {
    if (this.durable === undefined) return "live";
    if (this.durable.frozen !== undefined) return "retrying";
    return this.durable.isCatchingUp ? "catching_up" : "draining";
  }

  /** The request in hand is settled. */
  letGo(): void {
    this.hand = undefined;
    this.notBefore = 0;
  }

  /** Nothing of it is held here or awaited. */
  get isIdle(): boolean {
    return (
      this.durable === undefined &&
      this.hand === undefined &&
      this.queue.length === 0 &&
      this.unreported === 0 &&
      this.phase === "free"
    );
  }

  /** The oldest delivery from the log that holds the watermark. */
  get oldestUnresolved(): LaneRecord | undefined {
    const inHand = this.hand?.records[0];
    return inHand?.isFromBacklog === false ? inHand : this.queue.at(0);
  }
}
