import { toTemplateFailure } from "@hooklane/core";
import type { SendDecision } from "@hooklane/lanes";
import type { Logger } from "@hooklane/service";
import type { ConfigCopy, EndpointDocument, WebhookDocument } from "@hooklane/store";
import {
  type BuiltRequest,
  buildRequest,
  describeFailure,
  type RequestProfiles,
  type RequestSubject,
  type TemplateFailure,
} from "@hooklane/request";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";
import type { AccessToken } from "../tokens/token-outcome.js";
import type { TokenSource } from "../tokens/token-source.js";
import { AttemptExchange, type ExchangeContext, type ExchangeOwner } from "./attempt-exchange.js";
import type { OpenRequest } from "./open-request.js";
import { TokenWait } from "./token-wait.js";

const STATUS_UNAUTHORIZED = 401;

/** What a result may carry of it (contracts, result-record). */
const DETAIL_CHARS_MAX = 500;

/** What sending needs. */
export interface SenderDeps {
  readonly configuration: Pick<ConfigCopy, "webhook" | "endpoint">;
  readonly profiles: RequestProfiles;
  readonly failing: Pick<FailingWebhooks, "breakerOf">;
  readonly exchange: ExchangeContext;
  readonly tokens: Pick<TokenSource, "known" | "fetch" | "drop">;
  readonly logger: Pick<Logger, "error">;
}

/** Makes the requests the lanes decide on. */
export class Sender {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /**
   * Starts a request, or lets it wait for its token or a socket; a failing webhook's goes through its breaker.
   *
   * @returns how to cut it; undefined when it was refused or ended at once
   */
  send(decision: SendDecision, owner: ExchangeOwner): OpenRequest | undefined {
    const { configuration, failing } = this.#deps;
    const [first] = decision.records;
    const webhook = first && configuration.webhook(first.webhookId);
    // The decision named the endpoint; a webhook that moved since is of another generation and refused by `mayStart`.
    const endpoint = configuration.endpoint(decision.endpointId);
    if (webhook === undefined || endpoint === undefined) {
      this.#endUnsent(owner);
      return undefined;
    }
    const breaker = failing.breakerOf(webhook._id);
    if (breaker === undefined) return this.#start(decision, webhook, endpoint, owner);
    let request: OpenRequest | undefined;
    breaker.fire(
      {
        mayStart: () => breaker.isClosed && owner.mayStart(),
        onRefused: () => owner.onRefused(),
        onEnd: (end) => owner.onEnd(end),
      },
      (guarded) => {
        request = this.#start(decision, webhook, endpoint, guarded);
      },
    );
    return request;
  }

  #start(
    decision: SendDecision,
    webhook: WebhookDocument,
    endpoint: EndpointDocument,
    owner: ExchangeOwner,
  ): OpenRequest | undefined {
    const { auth } = webhook;
    if (auth?.type !== "oauth2") return this.#exchange(decision, webhook, endpoint, owner);
    const { tokens, configuration, exchange } = this.#deps;
    const { workspaceId } = webhook;
    const launch = (token: AccessToken) =>
      this.#exchange(
        { ...decision, accessToken: token.value },
        webhook,
        endpoint,
        droppingRefused(owner, () => tokens.drop(workspaceId, auth, token)),
      );
    const known = tokens.known(workspaceId, auth);
    if (known !== undefined) return launch(known);
    const fetching = tokens.fetch(workspaceId, auth, decision.pool);
    return new TokenWait(exchange.clock, owner, fetching, (token) => {
      // Meanwhile it may have other credentials, or another URL: decided again, with what is configured now.
      if (configuration.webhook(webhook._id) === webhook) return launch(token);
      owner.onRefused();
      return undefined;
    });
  }

  #exchange(
    subject: RequestSubject & Pick<SendDecision, "pool">,
    webhook: WebhookDocument,
    endpoint: EndpointDocument,
    owner: ExchangeOwner,
  ): OpenRequest | undefined {
    const request = this.#build(subject, webhook, endpoint);
    if (request === undefined || "kind" in request) {
      if (request === undefined) this.#endUnsent(owner);
      else this.#endTemplate(request, owner);
      return undefined;
    }
    const exchange = new AttemptExchange(this.#deps.exchange, request, subject.pool, owner);
    exchange.start();
    return exchange;
  }

  #build(
    subject: RequestSubject,
    webhook: WebhookDocument,
    endpoint: EndpointDocument,
  ): BuiltRequest | TemplateFailure | undefined {
    const { profiles, exchange, logger } = this.#deps;
    try {
      return buildRequest(subject, profiles.of(webhook, endpoint), exchange.clock.wallNow());
    } catch (err) {
      logger.error({ err, webhookId: webhook._id, endpointId: endpoint._id }, "sender.unbuildable_request");
      return undefined;
    }
  }

  /** The user's affair, an attempt like another (product.md D12): so it may begin only where a request may. */
  #endTemplate(failure: TemplateFailure, owner: ExchangeOwner): void {
    if (!owner.mayStart()) {
      owner.onRefused();
      return;
    }
    const startedAt = this.#deps.exchange.clock.now();
    const detail = describeFailure(failure).slice(0, DETAIL_CHARS_MAX);
    owner.onEnd({ outcome: toTemplateFailure(detail), startedAt, durationMs: 0 });
  }

  /** Our own affair: the copy is incomplete, which passes, or what is stored makes no request. Only this line waits. */
  #endUnsent(owner: ExchangeOwner): void {
    const startedAt = this.#deps.exchange.clock.now();
    owner.onEnd({ outcome: { kind: "own_fault", fault: "aborted" }, startedAt, durationMs: 0 });
  }
}

/** A receiver that does not take a token gets another one with the next attempt (RFC 6750 §3.1). */
function droppingRefused(owner: ExchangeOwner, drop: () => void): ExchangeOwner {
  return {
    mayStart: () => owner.mayStart(),
    onRefused: () => owner.onRefused(),
    onEnd: (end) => {
      if (end.outcome.kind === "failed" && end.outcome.statusCode === STATUS_UNAUTHORIZED) drop();
      owner.onEnd(end);
    },
  };
}
