import { EventEmitter } from "node:events";
import CircuitBreaker from "opossum";
import { LRUCache } from "lru-cache";

/** Endpoints with a breaker; the least recently asked one loses it. */
const BREAKERS_MAX = 1_000;

/** What failed stays in the statistics for ten steps of this, milliseconds. */
const ROTATE_MS = 3_000;
const ROTATIONS = 10;
/** Fewer requests in that time tell nothing. */
const REQUESTS_MIN = 5;
/** The share of failures it opens above, percent. */
const FAILING_PERCENTAGE = 50;
const RETRY_AFTER_MS = 10_000;

/** The breaker of the endpoint is open: it was not asked. */
export const BREAKER_OPEN = Symbol("breaker open");

/** A result that counts against the endpoint, on its way through the breaker. */
class EndpointFailed extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super("the endpoint failed");
    this.result = result;
  }
}

type Ask<T> = () => Promise<T>;
type Breaker<T> = CircuitBreaker<[Ask<T>], T>;

/**
 * Breakers of token endpoints (architecture.md §3): one that hangs or breaks is left alone for a while, instead of
 * every line to its receivers waiting for it in vain. A key is one of a workspace: what one workspace makes of an
 * endpoint closes nothing to another.
 */
export class TokenBreakers<T> {
  readonly #breakers = new LRUCache<string, Breaker<T>>({
    max: BREAKERS_MAX,
    // It listens to the rotation, and may have a timer.
    dispose: (breaker) => breaker.shutdown(),
  });
  readonly #rotation = new EventEmitter().setMaxListeners(0);
  readonly #timer: NodeJS.Timeout;
  readonly #action: (ask: Ask<T>) => Promise<T>;

  readonly #retryAfterMs: number;

  /**
   * @param isFailure whether a result counts against the endpoint
   * @param retryAfterMs so long after it opened one request may try, milliseconds
   */
  constructor(isFailure: (result: T) => boolean, retryAfterMs = RETRY_AFTER_MS) {
    this.#retryAfterMs = retryAfterMs;
    this.#action = async (ask) => {
      const result = await ask();
      if (isFailure(result)) throw new EndpointFailed(result);
      return result;
    };
    this.#timer = setInterval(() => this.#rotation.emit("rotate"), ROTATE_MS);
    this.#timer.unref();
  }

  /** Breakers that listen to the rotation. */
  get size(): number {
    return this.#rotation.listenerCount("rotate");
  }

  /** Asks, or tells that the endpoint is not to be asked now. @throws what `ask` throws */
  async fire(key: string, ask: Ask<T>): Promise<T | typeof BREAKER_OPEN> {
    try {
      return await this.#breakerOf(key).fire(ask);
    } catch (error) {
      if (error instanceof EndpointFailed) return error.result as T;
      if (error instanceof Error && CircuitBreaker.isOurError(error)) return BREAKER_OPEN;
      throw error;
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#breakers.clear();
  }

  #breakerOf(key: string): Breaker<T> {
    let breaker = this.#breakers.get(key);
    if (breaker === undefined) {
      breaker = new CircuitBreaker(this.#action, {
        // The request has a time limit of its own.
        timeout: false,
        errorThresholdPercentage: FAILING_PERCENTAGE,
        volumeThreshold: REQUESTS_MIN,
        resetTimeout: this.#retryAfterMs,
        rollingCountTimeout: ROTATE_MS * ROTATIONS,
        rollingCountBuckets: ROTATIONS,
        rollingPercentilesEnabled: false,
        enableSnapshots: false,
        rotateBucketController: this.#rotation,
      });
      this.#breakers.set(key, breaker);
    }
    return breaker;
  }
}
