import { LaneQueue } from "./lane-queue.js";
import { OpenPositions } from "./open-positions.js";
import type { Position } from "./position.js";

/** The request a RETRYING lane is at: it is made again with the same deliveries (product.md D8). */
export interface FrozenRequest {
  /** Its last delivery; it begins behind the lane's cursor. */
  readonly last: Position;
  /** Attempts used up. */
  readonly attempts: number;
  /** Start of the first, milliseconds of the lane's clock. */
  readonly firstAttemptAt: number;
  /** Whether it was sent as an array; not known after a takeover. */
  readonly batched?: boolean | undefined;
}

/** A read of the backlog that was asked for. */
export interface PendingRead {
  readonly ticket: number;
  /** Only deliveries up to here may be sent of what it brings (lanes.md §6 rule 1). */
  readonly bound: Position;
  /** {@link DurableState.acknowledgedParks} when it began (rule 2). */
  readonly acknowledgedParks: number;
}

/**
 * What a lane that left the live path has beside it (lanes.md §6): its events are in the backlog, and everything up to
 * the cursor is settled. With a frozen request it is RETRYING, without one DRAINING, and while arrivals are kept in
 * memory again, in CATCH-UP.
 */
export class DurableState {
  cursor: Position;
  frozen: FrozenRequest | undefined;
  isCatchingUp = false;
  /** Parked, not yet acknowledged. */
  readonly parks = new OpenPositions();
  acknowledgedParks = 0;
  /** Read from the backlog and not yet sent: what stands behind the cursor. */
  readonly page = new LaneQueue();
  /** Up to here the backlog was read. */
  readTo: Position;
  read: PendingRead | undefined;
  /** The last read brought all there was. */
  isReadToEnd = false;
  /** No read before this time (ms). */
  readNotBefore = 0;
  /** RETRYING: read and judged before it is due, as its webhook may be off by now. */
  needsJudging = true;
  /** Deleted from the backlog up to here, and when (ms). */
  collectedTo: Position = -1;
  collectedAt = -Infinity;

  constructor(cursor: Position) {
    this.cursor = cursor;
    this.readTo = cursor;
  }

  /** What was read is given up, and will be read again. */
  forgetPage(): void {
    this.page.takeAll();
    this.readTo = this.cursor;
    this.read = undefined;
    this.isReadToEnd = false;
    this.readNotBefore = 0;
  }

  /** Everything up to here is settled. */
  pass(position: Position): void {
    this.cursor = Math.max(this.cursor, position);
    this.readTo = Math.max(this.readTo, position);
  }
}
