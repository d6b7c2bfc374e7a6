import type { EndpointId } from "@hooklane/core";

/** Digits of each part: the largest value of each has so many, so strings compare as numbers do. */
const LOG_EPOCH_DIGITS = 8;
const PARTITION_DIGITS = 10;
const OFFSET_DIGITS = 16;

/** A lane of a partition. An endpoint has one partition; its id alone does not say which. */
export interface BacklogLane {
  readonly endpointId: EndpointId;
  /** Of `deliveries.v1`, from 0. */
  readonly partition: number;
}

/** A place in a lane. Positions are ordered by log epoch, then by offset (lanes.md §3). */
export interface BacklogPosition {
  readonly logEpoch: number;
  /** From 0; -1 stands before the first record. */
  readonly offset: number;
}

/** Ids `from <= _id < to`. */
export interface BacklogIdRange {
  readonly from: string;
  readonly to: string;
}

/**
 * `<endpointId>:<logEpoch>:<partition>:<offset>`, zero-padded: the order of a lane's ids as strings is the order of its
 * positions.
 *
 * @throws RangeError when a number is not a whole one from 0 or has more digits than its part
 */
export function toBacklogId({ endpointId, partition }: BacklogLane, position: BacklogPosition): string {
  const { logEpoch, offset } = position;
  return [
    endpointId,
    padded(logEpoch, LOG_EPOCH_DIGITS),
    padded(partition, PARTITION_DIGITS),
    padded(offset, OFFSET_DIGITS),
  ].join(":");
}

/**
 * The ids of a lane's records after `after`, up to and including `upTo`.
 *
 * @param range without `after`: from the lane's beginning; without `upTo`: to its end
 */
export function toBacklogIdRange(
  lane: BacklogLane,
  range: { readonly after?: BacklogPosition; readonly upTo?: BacklogPosition },
): BacklogIdRange {
  return {
    from: range.after ? toBacklogId(lane, next(range.after)) : `${lane.endpointId}:`,
    // ";" is the character after ":".
    to: range.upTo ? toBacklogId(lane, next(range.upTo)) : `${lane.endpointId};`,
  };
}

const next = ({ logEpoch, offset }: BacklogPosition): BacklogPosition => ({ logEpoch, offset: offset + 1 });

function padded(value: number, digits: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 10 ** digits)
    throw new RangeError(`Not a part of a backlog position: ${value}`);
  return String(value).padStart(digits, "0");
}
