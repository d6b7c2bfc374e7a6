/** Waits and limits of ownership, milliseconds (lanes.md §4). */
export interface OwnershipTimes {
  /** A checkpoint follows at the latest so long after something became new. */
  readonly checkpointDirtyMs: number;
  /** And at the latest so long after the one before, as it renews the lease. */
  readonly checkpointIdleMs: number;
  /** The database has so long to answer; then the outcome counts as unknown. */
  readonly callLimitMs: number;
  /** Before a state that could not be read is read again. */
  readonly againMs: number;
  /** One look for claimable partitions in so long. */
  readonly roundMs: number;
  /** Of a member's heartbeat. */
  readonly beatMs: number;
  /** Of a release: for requests in flight and their counts, for results, for the last checkpoint. */
  readonly releaseRequestsMs: number;
  readonly releaseResultsMs: number;
  readonly releaseWriteMs: number;
  /** Of {@link releaseWriteMs}, for each call: so that a lost answer leaves time for a read and another write. */
  readonly releaseCallMs: number;
  /** Before the last checkpoint is tried again. */
  readonly releaseAgainMs: number;
  /** A dropped partition is awaited so long at most: no request takes longer, cut or not. */
  readonly dropMs: number;
  /** Between two looks at what is still on its way. */
  readonly lookMs: number;
}

/**
 * The times of lanes.md §4. The limit of a call lets two lost answers in a row pass before sending stops: a renewal
 * leaves 2 s after the one before, is given up at 5 s, the second at 8 s, and a request may start until 9 s.
 */
export const OWNERSHIP_TIMES: OwnershipTimes = {
  checkpointDirtyMs: 500,
  checkpointIdleMs: 2_000,
  callLimitMs: 3_000,
  againMs: 200,
  roundMs: 500,
  beatMs: 2_000,
  releaseRequestsMs: 5_000,
  releaseResultsMs: 2_000,
  releaseWriteMs: 1_500,
  releaseCallMs: 400,
  releaseAgainMs: 50,
  dropMs: 6_000,
  lookMs: 5,
};
