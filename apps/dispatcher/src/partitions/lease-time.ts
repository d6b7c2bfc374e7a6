import { type Instant, LEASE_MS, leaseLeftMs, mayStartRequest } from "@hooklane/lanes";
import type { Clock } from "@hooklane/service";

export { LEASE_GUARD_MS } from "@hooklane/lanes";

/** Now, by both clocks. */
export function instantOf(clock: Clock): Instant {
  return { mono: clock.now(), wall: clock.wallNow() };
}

/** How long the lease of one partition still holds, asked at any time (lanes.md §4). */
export class LeaseTime {
  readonly #clock: Clock;
  #since: Instant;

  /** @param since before the write that gave it was sent */
  constructor(clock: Clock, since: Instant = instantOf(clock)) {
    this.#clock = clock;
    this.#since = since;
  }

  /** The lease runs from `since`, a moment before the write that renewed it was sent. */
  renew(since: Instant): void {
    this.#since = since;
  }

  /** By the monotonic clock, milliseconds. */
  get until(): number {
    return this.#since.mono + LEASE_MS;
  }

  /** Milliseconds; negative once it is over. */
  get leftMs(): number {
    return leaseLeftMs(this.#since, instantOf(this.#clock));
  }

  /** The send guard: a request that starts now ends before the lease does. */
  mayStart(requestTimeoutMs: number): boolean {
    return mayStartRequest(this.#since, instantOf(this.#clock), requestTimeoutMs);
  }
}
