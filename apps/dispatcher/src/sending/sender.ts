import type { SendDecision } from "@hooklane/lanes";
import type { ConfigCopy } from "@hooklane/store";
import { buildRequest } from "../request/build-request.js";
import type { RequestProfiles } from "../request/request-profile.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import { AttemptExchange, type ExchangeContext, type ExchangeOwner } from "./attempt-exchange.js";

/** Makes the requests the lanes decide on. */
export class Sender {
  readonly #configuration: ConfigCopy;
  readonly #profiles: RequestProfiles;
  readonly #failing: FailingWebhooks;
  readonly #context: ExchangeContext;

  constructor(
    configuration: ConfigCopy,
    profiles: RequestProfiles,
    failing: FailingWebhooks,
    context: ExchangeContext,
  ) {
    this.#configuration = configuration;
    this.#profiles = profiles;
    this.#failing = failing;
    this.#context = context;
  }

  /**
   * Starts a request; a failing webhook's goes through its breaker.
   *
   * @returns how to cut it; undefined when it was refused or ended at once
   */
  send(decision: SendDecision, owner: ExchangeOwner): AttemptExchange | undefined {
    const [first] = decision.records;
    const webhook = first && this.#configuration.webhook(first.webhookId);
    // The decision named the endpoint; a webhook that moved since is of another generation and refused by `mayStart`.
    const endpoint = this.#configuration.endpoint(decision.endpointId);
    const { clock } = this.#context;
    if (webhook === undefined || endpoint === undefined) {
      // Our copy of the configuration is incomplete; that is our own affair, and passes.
      owner.onEnd({
        outcome: { kind: "own_fault", fault: "aborted" },
        startedAt: clock.now(),
        durationMs: 0,
      });
      return undefined;
    }
    const request = buildRequest(decision, this.#profiles.of(webhook, endpoint), clock.wallNow());
    const breaker = this.#failing.breakerOf(webhook._id);
    if (breaker === undefined) return this.#start(new AttemptExchange(this.#context, request, owner));
    let exchange: AttemptExchange | undefined;
    breaker.fire(
      {
        mayStart: () => breaker.isClosed && owner.mayStart(),
        onRefused: () => owner.onRefused(),
        onEnd: (end) => owner.onEnd(end),
      },
      (guarded) => {
        exchange = this.#start(new AttemptExchange(this.#context, request, guarded));
      },
    );
    return exchange;
  }

  #start(exchange: AttemptExchange): AttemptExchange {
    exchange.start();
    return exchange;
  }
}
