const FIRST_FAILURE_MS = 60_000;
const PAUSE_MS = 200_000;

/**
 * A receiver that fails now and then: one request a minute after its start, then one every 200 s. That is 9 or 10 errors
 * in 30 minutes, so retries are seen and the rule (more than 30) never trips.
 */
export class FlakyReceiver {
  #nextFailureMs: number;

  /** @param nowMs monotonic, milliseconds */
  constructor(nowMs: number) {
    this.#nextFailureMs = nowMs + FIRST_FAILURE_MS;
  }

  /** The status of the next answer. */
  answer(nowMs: number): 200 | 500 {
    if (nowMs < this.#nextFailureMs) return 200;
    this.#nextFailureMs = nowMs + PAUSE_MS;
    return 500;
  }
}
