/**
 * Place of a delivery over the whole life of a partition: the offset, above all of every log that was there before
 * (lanes.md §3: positions are (logEpoch, offset)). One number, so that positions compare; exact up to 8,191 logs.
 */
export type Position = number;

/** More records than a log will ever hold. */
const POSITIONS_PER_LOG = 2 ** 40;

export function toPosition(logEpoch: number, offset: number): Position {
  return logEpoch * POSITIONS_PER_LOG + offset;
}

/** The log and offset of a position. A cursor may stand one below a log's first offset: -1 then. */
export function toLogPlace(position: Position): { readonly logEpoch: number; readonly offset: number } {
  const logEpoch = Math.max(0, Math.floor(position / POSITIONS_PER_LOG));
  return { logEpoch, offset: position - logEpoch * POSITIONS_PER_LOG };
}
