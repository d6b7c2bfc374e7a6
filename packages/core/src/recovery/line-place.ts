/** Place of a record in a workspace's partition of `events.v1`. */
export interface LinePlace {
  /** Raised when the partition's log was cut or replaced (lanes.md §4). */
  readonly epoch: number;
  readonly offset: number;
}

/** Negative when `one` stands before `other`. */
export const comparePlaces = (one: LinePlace, other: LinePlace): number =>
  one.epoch - other.epoch || one.offset - other.offset;
