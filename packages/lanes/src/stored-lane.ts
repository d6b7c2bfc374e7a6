import type { Lane } from "./lane.js";
import { DurableState } from "./durable-state.js";
import type { Position } from "./position.js";

/** A lane in a checkpoint (lanes.md §3); a live one is absent. Times are milliseconds of the lane's clock. */
export interface StoredLane {
  /** R: a request is to be made again. D: the backlog is being sent. */
  readonly state: "R" | "D";
  /** Everything up to here is settled, and its results are in `attempts.v1`. */
  readonly cursor: Position;
  /** R: the last delivery of the request, how many attempts were made, when the first, and when the next is due. */
  readonly last: Position;
  readonly attempts: number;
  readonly firstAttemptAt: number | undefined;
  readonly nextAt: number | undefined;
}

/** What a checkpoint stores of a lane that left the live path. */
export function toStoredLane({ durable, outcomes, notBefore }: Lane): StoredLane | undefined {
  if (durable === undefined) return undefined;
  const { cursor, frozen } = durable;
  const unrecorded = outcomes.lowest;
  const stored = unrecorded === undefined ? cursor : Math.min(cursor, unrecorded - 1);
  // A lane enters R only when its outcomes are recorded; others that follow stand behind its request.
  if (frozen === undefined || stored < cursor)
    return {
      state: "D",
      cursor: stored,
      last: stored,
      attempts: 0,
      firstAttemptAt: undefined,
      nextAt: undefined,
    };
  const { last, attempts, firstAttemptAt } = frozen;
  return { state: "R", cursor, last, attempts, firstAttemptAt, nextAt: notBefore };
}

/** Where a former owner's checkpoint left a lane; sets also when it may go on. */
export function restoreLane(lane: Lane, stored: StoredLane, now: number): DurableState {
  const { state, cursor, last, attempts, firstAttemptAt, nextAt } = stored;
  const durable = new DurableState(cursor);
  if (state === "D") return durable;
  durable.frozen = { last, attempts, firstAttemptAt: firstAttemptAt ?? now };
  lane.notBefore = nextAt ?? now;
  return durable;
}
