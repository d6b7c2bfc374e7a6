import type { EndpointId } from "@hooklane/core";
import type { AttemptEnd } from "./decision.js";
import { Fifo } from "./fifo.js";
import type { LaneRecord } from "./lane-record.js";

/**
 * What a lane is doing. `free`: nothing is asked of the outside, it moves when pumped. `sending` and `counting`: it
 * stands still until an answer comes.
 */
export type LanePhase = "free" | "sending" | "counting";

/** The request a lane is at: frozen from its first attempt until it is settled (product.md D8). */
export interface Hand {
  readonly records: readonly LaneRecord[];
  readonly batched: boolean;
  /** Number of the attempt that is running or comes next, 1-based. */
  attempt: number;
}

/** The ordered line of one endpoint (lanes.md §1). Issue of durable lanes adds its stored states here. */
export class Lane {
  readonly endpointId: EndpointId;
  readonly queue = new Fifo<LaneRecord>();
  phase: LanePhase = "free";
  hand: Hand | undefined;
  /** How the last request failed, while its error is counted. */
  failure: AttemptEnd | undefined;
  /** Names the running request. */
  ticket = 0;
  /** Not before this (ms): a retry or a deferred attempt is due then. */
  notBefore = 0;
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

  get isEmpty(): boolean {
    return this.hand === undefined && this.queue.length === 0;
  }

  /** The oldest unsettled delivery. */
  get head(): LaneRecord | undefined {
    return this.hand?.records[0] ?? this.queue.at(0);
  }

  get isRetrying(): boolean {
    return this.hand !== undefined && this.hand.attempt > 1;
  }
}
