import type { Clock } from "../clock.js";

/** From before the accepted write was sent, milliseconds (lanes.md §4); others claim after 17 s. */
const LEASE_MS = 15_000;
/** Kept free between the longest request and the end of the lease, milliseconds. */
export const LEASE_GUARD_MS = 1_000;

/**
 * How long a lease still holds. Its age is the larger of what the monotonic and the wall clock say: the one stands still
 * while a machine sleeps, the other may be set back.
 */
export class LeaseTime {
  readonly #clock: Clock;
  #monotonicFrom: number;
  #wallFrom: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#monotonicFrom = clock.now();
    this.#wallFrom = clock.wallNow();
  }

  /** The lease runs from `since`, a time taken before the write that renewed it was sent. */
  renew(since: { readonly monotonic: number; readonly wall: number }): void {
    this.#monotonicFrom = since.monotonic;
    this.#wallFrom = since.wall;
  }

  /** A moment for {@link renew}. */
  mark(): { readonly monotonic: number; readonly wall: number } {
    return { monotonic: this.#clock.now(), wall: this.#clock.wallNow() };
  }

  /** By the monotonic clock, milliseconds. */
  get until(): number {
    return this.#monotonicFrom + LEASE_MS;
  }

  /** Milliseconds; negative once it is over. */
  get leftMs(): number {
    const age = Math.max(this.#clock.now() - this.#monotonicFrom, this.#clock.wallNow() - this.#wallFrom);
    return LEASE_MS - age;
  }
}
