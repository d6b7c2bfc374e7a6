import type { DurableState, FrozenRequest } from "./durable-state.js";
import type { Lane } from "./lane.js";
import { type Knowledge, type LaneMove, moveOfHand, REST } from "./lane-move.js";
import type { Position } from "./position.js";
import { READ_AHEAD_MS } from "./settings.js";

/** The deliveries of a retry are not in the log's part that was read yet: looked for again after this, milliseconds. */
const NOT_YET_TAKEN_IN_MS = 200;

/** The next step of a RETRYING lane (lanes.md §6): the same deliveries again, at their time. */
export function nextRetryMove(
  lane: Lane,
  durable: DurableState,
  { last }: FrozenRequest,
  knowledge: Knowledge,
  next: Position,
  now: number,
): LaneMove {
  const { hand, notBefore } = lane;
  if (hand === undefined) {
    if (durable.read !== undefined) return REST;
    // Its deliveries are still on their way to the backlog.
    if (next <= last) return { kind: "wait", until: now + NOT_YET_TAKEN_IN_MS };
    if ((durable.parks.lowest ?? Infinity) <= last) return REST;
    const readAt = notBefore - READ_AHEAD_MS;
    return durable.needsJudging || now >= readAt
      ? { kind: "read", upTo: last }
      : { kind: "wait", until: readAt };
  }
  const move = moveOfHand(lane, hand.records, knowledge, now);
  if (move.kind === "wait" && now < notBefore - READ_AHEAD_MS) return { kind: "put_back" };
  return move;
}
