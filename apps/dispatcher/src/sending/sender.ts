import type { SendDecision } from "@hooklane/lanes";
import type { Logger } from "@hooklane/service";
import type { ConfigCopy, EndpointDocument, WebhookDocument } from "@hooklane/store";
import { type BuiltRequest, buildRequest, type RequestProfiles } from "@hooklane/request";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import { AttemptExchange, type ExchangeContext, type ExchangeOwner } from "./attempt-exchange.js";
import type { SendPool } from "./socket-limits.js";

/** What sending needs. */
export interface SenderDeps {
  readonly configuration: Pick<ConfigCopy, "webhook" | "endpoint">;
  readonly profiles: RequestProfiles;
  readonly failing: Pick<FailingWebhooks, "breakerOf">;
  readonly exchange: ExchangeContext;
  readonly logger: Pick<Logger, "error">;
}

/** Makes the requests the lanes decide on. */
export class Sender {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /**
   * Starts a request, or lets it wait for a socket; a failing webhook's goes through its breaker.
   *
   * @returns how to cut it; undefined when it was refused or ended at once
   */
  send(decision: SendDecision, owner: ExchangeOwner): AttemptExchange | undefined {
    const { configuration, failing } = this.#deps;
    const [first] = decision.records;
    const webhook = first && configuration.webhook(first.webhookId);
    // The decision named the endpoint; a webhook that moved since is of another generation and refused by `mayStart`.
    const endpoint = configuration.endpoint(decision.endpointId);
    const request = webhook && endpoint && this.#build(decision, webhook, endpoint);
    if (webhook === undefined || request === undefined) {
      // Our own affair: the copy is incomplete, which passes, or what is stored makes no request. Only this line waits.
      const startedAt = this.#deps.exchange.clock.now();
      owner.onEnd({ outcome: { kind: "own_fault", fault: "aborted" }, startedAt, durationMs: 0 });
      return undefined;
    }
    const breaker = failing.breakerOf(webhook._id);
    if (breaker === undefined) return this.#start(request, decision.pool, owner);
    let exchange: AttemptExchange | undefined;
    breaker.fire(
      {
        mayStart: () => breaker.isClosed && owner.mayStart(),
        onRefused: () => owner.onRefused(),
        onEnd: (end) => owner.onEnd(end),
      },
      (guarded) => {
        exchange = this.#start(request, decision.pool, guarded);
      },
    );
    return exchange;
  }

  #build(
    decision: SendDecision,
    webhook: WebhookDocument,
    endpoint: EndpointDocument,
  ): BuiltRequest | undefined {
    const { profiles, exchange, logger } = this.#deps;
    try {
      return buildRequest(decision, profiles.of(webhook, endpoint), exchange.clock.wallNow());
    } catch (err) {
      logger.error({ err, webhookId: webhook._id, endpointId: endpoint._id }, "sender.unbuildable_request");
      return undefined;
    }
  }

  #start(request: BuiltRequest, pool: SendPool, owner: ExchangeOwner): AttemptExchange {
    const exchange = new AttemptExchange(this.#deps.exchange, request, pool, owner);
    exchange.start();
    return exchange;
  }
}
