import type { Decision } from "./decision.js";
import type { DurableLanes } from "./durable-lanes.js";
import type { Lane } from "./lane.js";
import type { LaneMap } from "./lane-map.js";
import type { Knowledge, LaneMove } from "./lane-move.js";
import type { LaneRecord } from "./lane-record.js";
import type { LaneRequests } from "./lane-requests.js";
import type { LaneResults } from "./lane-results.js";
import type { LaneTimers } from "./lane-timers.js";
import { nextMove } from "./next-move.js";
import type { SendGate } from "./send-gate.js";

/** What lanes are moved with. */
export interface PumpParts {
  readonly knowledge: Knowledge;
  readonly lanes: LaneMap;
  readonly timers: LaneTimers;
  readonly requests: LaneRequests;
  readonly gate: SendGate;
  readonly durable: DurableLanes;
  readonly results: LaneResults;
  readonly decide: (decision: Decision) => void;
}

/** Lets free lanes do what they can now: carries out the moves that {@link nextMove} chooses. */
export class LanePump {
  readonly #parts: PumpParts;

  constructor(parts: PumpParts) {
    this.#parts = parts;
  }

  pump(lane: Lane, now: number): void {
    const { gate, knowledge, durable } = this.#parts;
    while (lane.phase === "free" && !gate.isStopped) {
      const move = nextMove(lane, knowledge, durable.next, now);
      if (!this.#make(lane, move, now)) return;
    }
  }

  pumpAll(lanes: Iterable<Lane>, now: number): void {
    for (const lane of lanes) this.pump(lane, now);
  }

  /** @returns whether the lane may have another move at once */
  #make(lane: Lane, move: LaneMove, now: number): boolean {
    const { lanes, timers, durable } = this.#parts;
    switch (move.kind) {
      case "rest":
        lanes.dropIdle(lane);
        return false;
      case "wait":
        timers.wakeAt(lane, move.until);
        return false;
      case "hold":
        this.#hold(lane, move.webhookId, now);
        return false;
      case "read":
        if (lane.durable !== undefined) durable.read(lane, lane.durable, move.upTo);
        return false;
      case "park":
        durable.parkHand(lane, now);
        return true;
      case "put_back":
        lane.hand = undefined;
        return true;
      case "settle":
        return this.#settle(lane, move, now);
      case "begin":
      case "repeat":
        return this.#request(lane, move, now);
    }
  }

  #settle(lane: Lane, move: Extract<LaneMove, { kind: "settle" }>, now: number): boolean {
    const { gate, durable, results } = this.#parts;
    // What comes from the log is bounded by the flow; a backlog would all be read into results that wait.
    if (lane.durable !== undefined && !gate.hasRoom(lane)) return false;
    const records = lane.hand?.records ?? lineOf(lane).take(move.count);
    lane.letGo();
    durable.pass(lane, records);
    results.report(lane, { kind: "settled", records, status: move.status, reason: move.reason, at: now });
    return true;
  }

  #request(lane: Lane, move: Extract<LaneMove, { kind: "begin" | "repeat" }>, now: number): boolean {
    const { gate, requests, durable, decide } = this.#parts;
    if (!gate.admits(lane, now)) return false;
    if (move.kind === "begin")
      lane.hand = { records: lineOf(lane).take(move.count), batched: move.batched, attempt: 1 };
    if (lane.hand !== undefined) decide(requests.begin(lane, lane.hand, now));
    if (lane.durable !== undefined && lane.durable.frozen === undefined)
      durable.readAhead(lane, lane.durable, now);
    return true;
  }

  #hold(lane: Lane, webhookId: LaneRecord["webhookId"], now: number): void {
    const { timers, decide } = this.#parts;
    if (lane.refreshing) return;
    if (now < lane.refreshNotBefore) {
      timers.wakeAt(lane, lane.refreshNotBefore);
      return;
    }
    lane.refreshing = true;
    decide({ kind: "refresh", endpointId: lane.endpointId, webhookId });
  }
}

/** Where the next request of a lane comes from. */
function lineOf({ durable, queue }: Lane): Lane["queue"] {
  return durable === undefined ? queue : durable.page;
}
