import type { EndpointId } from "@hooklane/core";
import { Lane, type LanePhase } from "./lane.js";

/** Lanes by what they do; for metrics. */
export interface LaneCensus {
  live: number;
  retrying: number;
  holding: number;
  deferred: number;
}

/** Lanes without anything to do are kept up to this number, to spare making them anew. */
const IDLE_LANES_MAX = 4096;

/** The lanes of a partition by endpoint. */
export class LaneMap {
  readonly #lanes = new Map<EndpointId, Lane>();

  get(endpointId: EndpointId): Lane | undefined {
    return this.#lanes.get(endpointId);
  }

  getOrAdd(endpointId: EndpointId): Lane {
    let lane = this.#lanes.get(endpointId);
    if (lane === undefined) {
      lane = new Lane(endpointId);
      this.#lanes.set(endpointId, lane);
    }
    return lane;
  }

  /** The lane that waits in this phase for the answer to this request; an answer to an older one finds none. */
  awaiting(phase: LanePhase, endpointId: EndpointId, ticket: number): Lane | undefined {
    const lane = this.#lanes.get(endpointId);
    return lane?.phase === phase && lane.ticket === ticket ? lane : undefined;
  }

  /** A lane that has nothing to do may go. */
  dropIdle(lane: Lane): void {
    if (this.#lanes.size <= IDLE_LANES_MAX) return;
    // A timer may still hold a lane that was dropped before and has been made anew since.
    if (this.#lanes.get(lane.endpointId) === lane) this.#lanes.delete(lane.endpointId);
  }

  /** A copy: lanes come and go while they are walked. */
  all(): readonly Lane[] {
    return [...this.#lanes.values()];
  }

  /** Lanes by state, and the intake time (ms) of the oldest unsettled delivery. Walks all lanes. */
  census(now: number): { readonly lanes: LaneCensus; readonly oldestEnqueuedAt: number | undefined } {
    const lanes: LaneCensus = { live: 0, retrying: 0, holding: 0, deferred: 0 };
    let oldest: number | undefined;
    for (const lane of this.#lanes.values()) {
      const enqueuedAt = lane.head?.enqueuedAt;
      if (enqueuedAt === undefined) continue;
      oldest = Math.min(oldest ?? enqueuedAt, enqueuedAt);
      if (lane.refreshing) lanes.holding++;
      else if (lane.isRetrying) lanes.retrying++;
      else if (now < lane.notBefore) lanes.deferred++;
      else lanes.live++;
    }
    return { lanes, oldestEnqueuedAt: oldest };
  }
}
