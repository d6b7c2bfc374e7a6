/** Growing pauses between attempts at an infrastructure call. */
export interface BackoffPolicy {
  /** Pause after the first failure, milliseconds. */
  readonly baseMs: number;
  /** No pause is longer, milliseconds. */
  readonly capMs: number;
}

/** Suits a broker or database on the same network: 100 ms doubling up to 5 s. */
export const defaultBackoff: BackoffPolicy = { baseMs: 100, capMs: 5_000 };

/**
 * The pause before the next attempt, milliseconds: half of the exponential pause is certain, half is spread by
 * `jitter`, so that processes that failed together do not come back together. Pure.
 *
 * @param attempt failures so far, 1-based
 * @param jitter evenly spread in [0, 1), given by the caller
 */
export function backoff(attempt: number, jitter: number, policy: BackoffPolicy = defaultBackoff): number {
  const exponential = Math.min(policy.capMs, policy.baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(exponential / 2 + (exponential / 2) * jitter);
}
