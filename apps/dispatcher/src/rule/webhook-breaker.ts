import type { EventEmitter } from "node:events";
import type { AttemptEnd } from "@hooklane/core";
import CircuitBreaker from "opossum";
import type { ExchangeOwner } from "@hooklane/outbound";

/** The longest timer Node has, milliseconds: `Infinity` would overflow to 1 ms and half-open the breaker. */
const NEVER_MS = 2_147_483_647;

/** A request that ended with the receiver's fault; carries how, through the breaker's rejection. */
class FailedRequest extends Error {
  readonly end: AttemptEnd;
  constructor(end: AttemptEnd) {
    super("the request failed");
    this.end = end;
  }
}

type Launch = (owner: ExchangeOwner) => void;

/**
 * The breaker of one failing webhook (lanes.md §7). It never opens by its own count: the durable window decides, over
 * all dispatchers; the breaker enforces it here, at once. Closed only by an activation.
 */
export class WebhookBreaker {
  readonly #breaker: CircuitBreaker<[ExchangeOwner, Launch], undefined>;

  /** @param rotateBucketController shared: thousands of breakers with timers of their own cost more than the requests */
  constructor(rotateBucketController: EventEmitter) {
    this.#breaker = new CircuitBreaker(request, {
      timeout: false,
      errorThresholdPercentage: 100,
      // Not enough by itself: a failure is counted later than its start, which may have left the statistics by then, and
      // more failures than starts are above 100 %.
      volumeThreshold: Number.MAX_SAFE_INTEGER,
      resetTimeout: NEVER_MS,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      rotateBucketController,
    });
  }

  get isClosed(): boolean {
    return !this.#breaker.opened;
  }

  open(): void {
    this.#breaker.open();
  }

  /** Lets `launch` make the request, or refuses it when open. */
  fire(owner: ExchangeOwner, launch: Launch): void {
    if (!this.isClosed) {
      owner.onRefused();
      return;
    }
    // What the request led to went to its owner already; the promise is for the breaker's own statistics.
    this.#breaker.fire(owner, launch).catch(() => undefined);
  }

  shutdown(): void {
    this.#breaker.shutdown();
  }
}

function request(owner: ExchangeOwner, launch: Launch): Promise<undefined> {
  return new Promise((resolve, reject) => {
    launch({
      mayStart: () => owner.mayStart(),
      onRefused: () => {
        resolve(undefined);
        owner.onRefused();
      },
      onEnd: (end) => {
        if (end.outcome.kind === "failed") reject(new FailedRequest(end));
        else resolve(undefined);
        owner.onEnd(end);
      },
    });
  });
}
