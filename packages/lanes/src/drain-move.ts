import { BATCH_BYTES_MAX } from "@hooklane/core";
import type { DurableState } from "./durable-state.js";
import type { Lane } from "./lane.js";
import type { Position } from "./position.js";
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
    const isFromLog = hand.records[0]?.isFromBacklog === false;
    // It was in flight when the lane left the live path, and did not leave after all: its turn comes in the backlog.
    return isFromLog ? PARK : moveOfHand(lane, hand.records, knowledge, now);
  }
  if (durable.page.length === 0) return nextReadMove(lane, durable, now);
  if (mayBatchGrow(durable, knowledge, now)) return nextReadMove(lane, durable, now);
  return moveOfLine(lane, durable.page, knowledge, now);
}

/** Whether to read ahead: so that the next page is there when this one is sent. */
export function shouldReadAhead(
  { read, isReadToEnd, page, readNotBefore }: DurableState,
  { recordsMax, bytesMax }: { readonly recordsMax: number; readonly bytesMax: number },
  now: number,
): boolean {
  if (read !== undefined || isReadToEnd || now < readNotBefore) return false;
  return page.length < recordsMax / 2 && page.bytes < bytesMax / 2;
}

/** No cursor is needed any more to tell what is settled: what stands above it is unresolved as long as it is not recorded. */
export function isRecordedUpTo({ outcomes }: Lane, cursor: Position): boolean {
  return (outcomes.lowest ?? Infinity) > cursor;
}

function nextReadMove(lane: Lane, durable: DurableState, now: number): LaneMove {
  if (durable.read !== undefined) return REST;
  if (durable.isReadToEnd) {
    // Whatever comes wakes the lane: a park that is acknowledged, an outcome that is recorded.
    if (durable.parks.size > 0 || !isRecordedUpTo(lane, durable.cursor)) return REST;
  }
  return now < durable.readNotBefore ? { kind: "wait", until: durable.readNotBefore } : READ;
}

/** What stands behind the page may belong to its first batch. What the last read could not bring now is not waited for. */
function mayBatchGrow(
  { page, isReadToEnd, readNotBefore, read }: DurableState,
  { configuration }: Knowledge,
  now: number,
): boolean {
  if (isReadToEnd || page.bytes >= BATCH_BYTES_MAX || (read === undefined && now < readNotBefore))
    return false;
  const head = page.at(0);
  return page.length < ((head && configuration.webhook(head.webhookId)?.batching?.maxEvents) ?? 1);
}
