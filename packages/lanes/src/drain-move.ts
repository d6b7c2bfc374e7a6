import type { DurableState } from "./durable-state.js";
import type { Lane } from "./lane.js";
import { type Knowledge, type LaneMove, moveOfHand, moveOfLine, REST } from "./lane-move.js";

const READ: LaneMove = { kind: "read" };
const PARK: LaneMove = { kind: "park" };

/** The next step of a DRAINING or CATCH-UP lane (lanes.md §6): page by page through its backlog. */
export function nextDrainMove(
  lane: Lane,
  durable: DurableState,
  knowledge: Knowledge,
  now: number,
): LaneMove {
  const { hand } = lane;
  if (hand !== undefined) {
    const isFromLog = hand.records[0]?.isParked === false;
    // It was in flight when the lane left the live path, and did not leave after all: its turn comes in the backlog.
    return isFromLog ? PARK : moveOfHand(lane, hand.records, knowledge, now);
  }
  if (durable.page.length === 0) return nextReadMove(lane, durable, now);
  // What stands behind may belong to the same batch.
  if (!durable.isReadToEnd && durable.page.length < batchMax(durable, knowledge))
    return nextReadMove(lane, durable, now);
  return moveOfLine(lane, durable.page, knowledge, now);
}

/** Whether to read ahead: so that the next page is there when this one is sent. */
export function shouldReadAhead(durable: DurableState, pageRecordsMax: number, now: number): boolean {
  const { read, isReadToEnd, page, readNotBefore } = durable;
  return read === undefined && !isReadToEnd && page.length < pageRecordsMax / 2 && now >= readNotBefore;
}

function nextReadMove({ outcomes }: Lane, durable: DurableState, now: number): LaneMove {
  if (durable.read !== undefined) return REST;
  if (durable.isReadToEnd) {
    // Whatever comes wakes the lane: a park that is acknowledged, an outcome that is recorded.
    if (durable.parks.size > 0 || outcomes.size > 0) return REST;
  }
  return now < durable.readNotBefore ? { kind: "wait", until: durable.readNotBefore } : READ;
}

function batchMax({ page }: DurableState, { configuration }: Knowledge): number {
  const head = page.at(0);
  return (head && configuration.webhook(head.webhookId)?.batching?.maxEvents) ?? 1;
}
