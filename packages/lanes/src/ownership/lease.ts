/** A moment by both clocks of a process, milliseconds. Only differences between two moments mean anything. */
export interface Instant {
  /** Never set back; stands still while the machine sleeps. */
  readonly mono: number;
  /** Goes on while the machine sleeps; may be set forward or back. */
  readonly wall: number;
}

/** A lease holds so long from before the accepted write was sent, milliseconds (lanes.md §4). */
export const LEASE_MS = 15_000;

/** Kept free between the end of the longest request and the end of the lease, milliseconds (lanes.md §4). */
export const LEASE_GUARD_MS = 1_000;

/**
 * What has passed, milliseconds: the larger of what the two clocks say, so that neither a sleep nor a clock that was set
 * back makes a lease look younger than it is (lanes.md §4). A clock set forward ends sending until the next renewal.
 */
export function elapsedMs(since: Instant, now: Instant): number {
  return Math.max(now.mono - since.mono, now.wall - since.wall);
}

/**
 * What is left of a lease, milliseconds; negative once it is over.
 *
 * @param since before the accepted write was sent
 */
export function leaseLeftMs(since: Instant, now: Instant, leaseMs = LEASE_MS): number {
  return leaseMs - elapsedMs(since, now);
}

/**
 * The send guard (lanes.md §4): a request that starts now ends, at its longest, before the lease does.
 *
 * @param since before the accepted write was sent
 */
export function mayStartRequest(since: Instant, now: Instant, requestTimeoutMs: number): boolean {
  return leaseLeftMs(since, now) >= requestTimeoutMs + LEASE_GUARD_MS;
}
