import { nextDrainMove } from "./drain-move.js";
import type { Lane } from "./lane.js";
import { type Knowledge, type LaneMove, moveOfHand, moveOfLine } from "./lane-move.js";
import type { Position } from "./position.js";
import { nextRetryMove } from "./retry-move.js";

/**
 * Decides the next step of a lane that is free (lanes.md §6). Status is asked before every send in every state, also
 * before a retry is due: a webhook switched off does not hold its line until then (rule 6).
 *
 * @param next the position to be taken in next
 * @param now milliseconds, the lane's clock
 */
export function nextMove(lane: Lane, knowledge: Knowledge, next: Position, now: number): LaneMove {
  const { durable } = lane;
  if (durable === undefined) return nextLiveMove(lane, knowledge, now);
  if (durable.frozen === undefined) return nextDrainMove(lane, durable, knowledge, now);
  return nextRetryMove(lane, durable, durable.frozen, knowledge, next, now);
}

function nextLiveMove(lane: Lane, knowledge: Knowledge, now: number): LaneMove {
  if (lane.hand !== undefined) return moveOfHand(lane, lane.hand.records, knowledge, now);
  return moveOfLine(lane, lane.queue, knowledge, now);
}
