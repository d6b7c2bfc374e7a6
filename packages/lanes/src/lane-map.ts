import type { EndpointId } from "@hooklane/core";
import type { DurableState } from "./durable-state.js";
import { Lane, type LanePhase } from "./lane.js";
import type { LaneState } from "./lane-state.js";

/** Lanes that have something to do, by where their events are, and of all of them those that wait; for metrics. */
export interface LaneCensus extends Record<LaneState, number> {
  /** Their webhook is being read. */
  holding: number;
  /** Our own side failed them. */
  deferred: number;
  /** Retries that are due and not sent yet. */
  overdue: number;
}

/** Lanes without anything to do are kept up to this number, to spare making them anew. */
const IDLE_LANES_MAX = 4096;

/** The lanes of a partition by endpoint. */
export class LaneMap {
  readonly #lanes = new Map<EndpointId, Lane>();
  readonly #durable = new Set<Lane>();

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

  /** The lane leaves the live path. */
  leaveLive(lane: Lane, durable: DurableState): void {
    lane.durable = durable;
    this.#durable.add(lane);
  }

  /** The lane is live again. */
  goLive(lane: Lane): void {
    lane.durable = undefined;
    this.#durable.delete(lane);
  }

  /** Lanes that left the live path. */
  durable(): ReadonlySet<Lane> {
    return this.#durable;
  }

  /** A lane that has nothing to do may go. */
  dropIdle(lane: Lane): void {
    if (this.#lanes.size <= IDLE_LANES_MAX || !lane.isIdle) return;
    // A timer may still hold a lane that was dropped before and has been made anew since.
    if (this.#lanes.get(lane.endpointId) === lane) this.#lanes.delete(lane.endpointId);
  }

  /** A copy: lanes come and go while they are walked. */
  all(): readonly Lane[] {
    return [...this.#lanes.values()];
  }

  /** Lanes by state, and the intake time (ms) of the oldest unresolved delivery. Walks all lanes. */
  census(now: number): { readonly lanes: LaneCensus; readonly oldestEnqueuedAt: number | undefined } {
    const lanes = { live: 0, retrying: 0, draining: 0, catching_up: 0, holding: 0, deferred: 0, overdue: 0 };
    let oldest: number | undefined;
    for (const lane of this.#lanes.values()) {
      if (lane.isIdle) continue;
      lanes[lane.state]++;
      if (lane.refreshing) lanes.holding++;
      else if (lane.deferrals > 0) lanes.deferred++;
      else if (lane.state === "retrying" && lane.phase === "free" && now > lane.notBefore) lanes.overdue++;
      const enqueuedAt = lane.oldestUnresolved?.enqueuedAt;
      if (enqueuedAt !== undefined) oldest = Math.min(oldest ?? enqueuedAt, enqueuedAt);
    }
    return { lanes, oldestEnqueuedAt: oldest };
  }
}
