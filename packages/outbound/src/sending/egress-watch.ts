/** lanes.md §7: with fewer origins in the window nothing is concluded. */
const ORIGINS_MIN = 20;
const FAILING_SHARE = 0.5;
/** How far back an origin's last result counts, milliseconds. */
const WINDOW_MS = 5_000;
/** The share is not worked out more often: a storm of failures must not cost more than the failures. */
const REVIEW_MS = 100;

interface Last {
  readonly at: number;
  readonly failed: boolean;
}

/**
 * Whether our own way out is in doubt: more than half of at least 20 origins failed within seconds to answer at all.
 * Then a failure is ours and not the receiver's (product.md D16).
 */
export class EgressWatch {
  readonly #last = new Map<string, Last>();
  #reviewedAt = -Infinity;
  #inDoubt = false;

  /** The origin's application answered, whatever it said. */
  onAnswer(origin: string, now: number): void {
    this.#note(origin, { at: now, failed: false });
  }

  /** No answer came. @returns whether that is to be taken as a fault of our own */
  onNoAnswer(origin: string, now: number): boolean {
    this.#note(origin, { at: now, failed: true });
    if (now - this.#reviewedAt >= REVIEW_MS) this.#review(now);
    return this.#inDoubt;
  }

  /** Kept in the order of time, so that what has aged stands in front. */
  #note(origin: string, last: Last): void {
    this.#last.delete(origin);
    this.#last.set(origin, last);
    for (const [oldest, { at }] of this.#last) {
      if (at > last.at - WINDOW_MS) break;
      this.#last.delete(oldest);
    }
  }

  #review(now: number): void {
    this.#reviewedAt = now;
    let failing = 0;
    for (const { failed } of this.#last.values()) if (failed) failing++;
    const origins = this.#last.size;
    this.#inDoubt = origins >= ORIGINS_MIN && failing > origins * FAILING_SHARE;
  }
}
