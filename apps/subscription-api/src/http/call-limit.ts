import type { Counter, Metrics } from "@hooklane/service";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type Answer, type Headers, refusal } from "./answer.js";
import type { Caller } from "./authentication.js";

/** Calls are counted over so many seconds: short bursts are what clients do, and a refused one does not wait long. */
const WINDOW_SECONDS = 10;

/** What a call costs its caller. */
export interface CallCost {
  /** Said with every answer, so that a client can keep to it. */
  readonly headers: Headers;
  /** Set when the call is one too many. */
  readonly refused?: Answer;
}

export function createRefusalCounter(metrics: Metrics): Counter<"caller"> {
  const refusals = metrics.counter({
    name: "api_calls_refused_total",
    help: "Do keys call too often? Calls beyond what a key may make, answered 429",
    labels: ["caller"],
  });
  // There from the start: a rise from nothing is not seen as a rise.
  for (const caller of ["operator", "workspace"]) refusals.inc({ caller }, 0);
  return refusals;
}

/**
 * Bounds how often each key calls this process. In memory: with several processes a key has several times as much, which
 * is what it shall protect, the process.
 */
export class CallLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #callsMax: number;
  readonly #refusals: Counter<"caller">;

  constructor({ callsPerSecondMax, metrics }: { callsPerSecondMax: number; metrics: Metrics }) {
    this.#callsMax = callsPerSecondMax * WINDOW_SECONDS;
    this.#limiter = new RateLimiterMemory({ points: this.#callsMax, duration: WINDOW_SECONDS });
    this.#refusals = createRefusalCounter(metrics);
  }

  async take(caller: Caller): Promise<CallCost> {
    try {
      return { headers: this.#toHeaders(await this.#limiter.consume(ownerOf(caller))) };
    } catch (error) {
      // What it throws beside errors is an answer: that there is no room.
      if (!(error instanceof RateLimiterRes)) throw error;
      this.#refusals.inc({ caller: caller.kind });
      const headers = this.#toHeaders(error);
      const seconds = headers["ratelimit-reset"] ?? "1";
      const detail = `The key made more than ${this.#callsMax} calls in ${WINDOW_SECONDS} s; come again in ${seconds} s.`;
      return { headers, refused: refusal("rate_limited", detail, { headers: { "retry-after": seconds } }) };
    }
  }

  #toHeaders({ remainingPoints, msBeforeNext }: RateLimiterRes): Headers {
    return {
      "ratelimit-limit": String(this.#callsMax),
      "ratelimit-remaining": String(Math.max(0, remainingPoints)),
      "ratelimit-reset": String(Math.max(1, Math.ceil(msBeforeNext / 1_000))),
    };
  }
}

const ownerOf = (caller: Caller): string => (caller.kind === "operator" ? "operator" : caller.keyId);
