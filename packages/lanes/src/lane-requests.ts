import type { AttemptEnd } from "@hooklane/core";
import type { CountDecision, SendDecision } from "./decision.js";
import type { Hand, Lane } from "./lane.js";
import { toLogPlace } from "./position.js";

/** The requests of a partition's lanes: on their way, or failed and being counted. A lane has one at most. */
export class LaneRequests {
  #tickets = 0;
  #inFlight = 0;
  #counting = 0;

  get inFlight(): number {
    return this.#inFlight;
  }

  get counting(): number {
    return this.#counting;
  }

  /** The lane waits for the answer from here on. */
  begin(lane: Lane, { records, batched, attempt }: Hand, now: number): SendDecision {
    this.#inFlight++;
    lane.begunAt = now;
    lane.phase = "sending";
    lane.ticket = ++this.#tickets;
    const { endpointId, ticket, durable } = lane;
    const pool = attempt > 1 ? "retry" : durable === undefined ? "live" : "drain";
    return { kind: "send", endpointId, ticket, records, batched, attempt, pool };
  }

  /** An answer came, or the request did not leave: the lane is free. */
  end(lane: Lane): void {
    this.#inFlight--;
    lane.phase = "free";
  }

  /** The lane stands still until the error of its failed request was counted (lanes.md §7). */
  beginCount(lane: Lane, { records, attempt }: Hand, failure: AttemptEnd): CountDecision {
    const [first] = records;
    if (first === undefined) throw new RangeError("a request without records");
    this.#counting++;
    lane.phase = "counting";
    lane.failure = failure;
    const { endpointId, ticket } = lane;
    const { webhookId, generation, position, facts } = first;
    const { logEpoch, offset } = toLogPlace(position);
    // Of this attempt alone, and the same when a call is repeated: it counts once.
    const id = `${endpointId}:${logEpoch}:${offset}:${attempt}`;
    const error = { id, webhookId, generation, deliveryId: facts.deliveryId };
    return { kind: "count", endpointId, ticket, workspaceId: facts.workspaceId, error };
  }

  /** The error was counted: the lane is free. @returns how its request failed */
  endCount(lane: Lane): AttemptEnd | undefined {
    this.#counting--;
    lane.phase = "free";
    const { failure } = lane;
    lane.failure = undefined;
    return failure;
  }
}
