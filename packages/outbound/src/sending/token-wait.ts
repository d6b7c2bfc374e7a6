import type { Clock } from "@hooklane/service";
import type { AccessToken, TokenOutcome } from "../tokens/token-outcome.js";
import type { ExchangeOwner } from "./attempt-exchange.js";
import type { OpenRequest } from "./open-request.js";

/** Makes the request once there is a token. @returns undefined when it was refused or ended at once */
export type LaunchWithToken = (token: AccessToken) => OpenRequest | undefined;

/**
 * An attempt that waits for its token. Without one it fails as an attempt of the receiver would, but only if its
 * request could have left: what was disabled or lost its lease meanwhile has nothing to count (lanes.md §4, §7).
 */
export class TokenWait implements OpenRequest {
  readonly #clock: Clock;
  readonly #owner: ExchangeOwner;
  readonly #launch: LaunchWithToken;
  readonly #startedAt: number;
  #isWaiting = true;
  #request: OpenRequest | undefined;

  /** @param fetching does not reject */
  constructor(clock: Clock, owner: ExchangeOwner, fetching: Promise<TokenOutcome>, launch: LaunchWithToken) {
    this.#clock = clock;
    this.#owner = owner;
    this.#launch = launch;
    this.#startedAt = clock.now();
    void fetching.then((outcome) => this.#onOutcome(outcome));
  }

  /** The fetch itself goes on: others may wait for it, and its token is of use to the next attempt. */
  abort(): void {
    if (!this.#isWaiting) {
      this.#request?.abort();
      return;
    }
    this.#isWaiting = false;
    this.#end({ kind: "own_fault", fault: "aborted" });
  }

  #onOutcome(outcome: TokenOutcome): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    if (outcome.kind === "token") this.#request = this.#launch(outcome.token);
    else if (outcome.kind === "failed" && !this.#owner.mayStart()) this.#owner.onRefused();
    else this.#end(outcome);
  }

  #end(outcome: Exclude<TokenOutcome, { readonly kind: "token" }>): void {
    const startedAt = this.#startedAt;
    this.#owner.onEnd({ outcome, startedAt, durationMs: this.#clock.now() - startedAt });
  }
}
