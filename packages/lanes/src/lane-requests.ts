import type { AttemptEnd, CountDecision, SendDecision } from "./decision.js";
import type { Hand, Lane } from "./lane.js";

/** The requests of a partition's lanes: on their way, or failed and being counted. A lane has one at most. */
export class LaneRequests {
  readonly #logEpoch: number;
  #tickets = 0;
  #inFlight = 0;
  #counting = 0;

  /** @param logEpoch of the partition: tells errors at the same offset of different logs apart */
  constructor(logEpoch: number) {
    this.#logEpoch = logEpoch;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get counting(): number {
    return this.#counting;
  }

  /** The lane waits for the answer from here on. */
  begin(lane: Lane, { records, batched, attempt }: Hand): SendDecision {
    this.#inFlight++;
    lane.phase = "sending";
    lane.ticket = ++this.#tickets;
    const { endpointId, ticket } = lane;
    return { kind: "send", endpointId, ticket, records, batched, attempt };
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
    const { webhookId, generation, offset, facts } = first;
    // Of this attempt alone, and the same when a call is repeated: it counts once.
    const id = `${endpointId}:${this.#logEpoch}:${offset}:${attempt}`;
    const error = { id, webhookId, generation };
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
