import type { OAuth2Auth } from "@hooklane/core";
import { TimeoutError } from "got";
import type { Clock } from "@hooklane/service";
import { classifyError, isWayOutError } from "../sending/classify-error.js";
import type { EgressWatch } from "../sending/egress-watch.js";
import type { SendPool } from "../sending/socket-limits.js";
import type { SlotTaker, SocketSlots } from "../sending/socket-slots.js";
import { type IssuedToken, readTokenAnswer, type TokenAnswer } from "./token-answer.js";
import { type NoToken, unavailable } from "./token-outcome.js";
import type { AsksForToken } from "./token-source.js";
import type { TokenRequest } from "./token-request.js";

export interface TokenEndpointDeps {
  readonly request: Pick<TokenRequest, "send">;
  readonly clock: Clock;
  /** The same as of receivers: a token endpoint is a destination as they are. */
  readonly slots: SocketSlots;
  readonly egress: EgressWatch;
  /** Whether the name of this origin is being resolved right now. */
  isResolving(origin: string): boolean;
}

const ABORTED: NoToken = { kind: "own_fault", fault: "aborted" };

/**
 * Asks a token endpoint as a request is made to a receiver: with a socket of the same budget, waiting for which is our
 * own affair; and what fails on our own side is nobody's error (product.md D16), such as a resolver that does not answer
 * or a way out that is cut.
 */
export class TokenEndpoint implements AsksForToken {
  readonly #deps: TokenEndpointDeps;

  constructor(deps: TokenEndpointDeps) {
    this.#deps = deps;
  }

  async ask(credentials: OAuth2Auth, pool: SendPool, signal: AbortSignal): Promise<IssuedToken | NoToken> {
    const { slots, request, egress, clock } = this.#deps;
    const { origin } = new URL(credentials.tokenUrl);
    const taker = await takeSlot(slots, pool, origin, signal);
    if (taker === undefined) return ABORTED;
    const startedAt = clock.now();
    let answer: TokenAnswer;
    try {
      answer = await request.send(credentials, signal);
    } catch (error) {
      return signal.aborted ? ABORTED : this.#judge(error, origin);
    } finally {
      slots.release(taker);
    }
    egress.onAnswer(origin, startedAt);
    return readTokenAnswer(answer);
  }

  #judge(error: unknown, origin: string): NoToken {
    const { clock, egress } = this.#deps;
    if (error instanceof TimeoutError && this.#deps.isResolving(origin))
      return { kind: "own_fault", fault: "resolver_unavailable" };
    const outcome = classifyError(error instanceof Error ? error : new Error("unknown"));
    if (outcome.kind !== "failed") return outcome.kind === "own_fault" ? outcome : ABORTED;
    if (isWayOutError(outcome.error) && egress.onNoAnswer(origin, clock.now()))
      return { kind: "own_fault", fault: "network_unreachable", detail: "egress in doubt" };
    // What is wrong in our words where there are some, otherwise Node's code.
    const { error: kind, detail = kind } = outcome;
    return unavailable(kind === "protocol" || kind === "tls" ? detail : kind);
  }
}

/** @returns undefined when the signal came first */
function takeSlot(
  slots: SocketSlots,
  pool: SendPool,
  origin: string,
  signal: AbortSignal,
): Promise<SlotTaker | undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(undefined);
      return;
    }
    const onAbort = () => {
      slots.leave(taker);
      resolve(undefined);
    };
    const taker: SlotTaker = {
      pool,
      origin,
      onSlot: () => {
        signal.removeEventListener("abort", onAbort);
        resolve(taker);
      },
    };
    if (slots.take(taker)) resolve(taker);
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
