import { type EndpointId, toTemplateFailure, type WorkspaceId } from "@hooklane/core";
import {
  type BuiltRequest,
  buildRequest,
  describeFailure,
  type RequestEndpoint,
  type RequestProfiles,
  type RequestSubject,
  type RequestWebhook,
  type TemplateFailure,
} from "@hooklane/request";
import type { Logger } from "@hooklane/service";
import type { AccessToken } from "../tokens/token-outcome.js";
import type { TokenSource } from "../tokens/token-source.js";
import { AttemptExchange, type ExchangeContext, type ExchangeOwner } from "./attempt-exchange.js";
import type { OpenRequest } from "./open-request.js";
import type { SendPool } from "./socket-limits.js";
import { TokenWait } from "./token-wait.js";

const STATUS_UNAUTHORIZED = 401;

/** What a result may carry of it (contracts, result-record). */
const DETAIL_CHARS_MAX = 500;

/** A webhook as it is configured, with its secrets. */
export interface SendableWebhook extends RequestWebhook {
  readonly workspaceId: WorkspaceId;
}

/** Where its requests go. */
export interface SendableEndpoint extends RequestEndpoint {
  readonly _id: EndpointId;
}

/** What is to be sent, and with whom it competes for a socket. */
export interface RequestToSend extends RequestSubject {
  readonly pool: SendPool;
}

/** What sending needs. */
export interface WebhookSenderDeps {
  readonly profiles: RequestProfiles;
  readonly exchange: ExchangeContext;
  readonly tokens: Pick<TokenSource, "known" | "fetch" | "drop">;
  /** Whether this is the webhook as it is configured now: asked after a request has waited for its token. */
  readonly isCurrent: (webhook: SendableWebhook) => boolean;
  readonly logger: Pick<Logger, "error">;
}

/** Makes the requests of webhooks: token, body, signature, one exchange (product.md D1, D10, D12). */
export class WebhookSender {
  readonly #deps: WebhookSenderDeps;

  constructor(deps: WebhookSenderDeps) {
    this.#deps = deps;
  }

  /**
   * Starts a request, or lets it wait for its token or a socket.
   *
   * @returns how to cut it; undefined when it was refused or ended at once
   */
  send(
    request: RequestToSend,
    webhook: SendableWebhook,
    endpoint: SendableEndpoint,
    owner: ExchangeOwner,
  ): OpenRequest | undefined {
    const { auth } = webhook;
    if (auth?.type !== "oauth2") return this.#exchange(request, webhook, endpoint, owner);
    const { tokens, exchange, isCurrent } = this.#deps;
    const { workspaceId } = webhook;
    const launch = (token: AccessToken) =>
      this.#exchange(
        { ...request, accessToken: token.value },
        webhook,
        endpoint,
        droppingRefused(owner, () => tokens.drop(workspaceId, auth, token)),
      );
    const known = tokens.known(workspaceId, auth);
    if (known !== undefined) return launch(known);
    const fetching = tokens.fetch(workspaceId, auth, request.pool);
    return new TokenWait(exchange.clock, owner, fetching, (token) => {
      // Meanwhile it may have other credentials, or another URL: decided again, with what is configured now.
      if (isCurrent(webhook)) return launch(token);
      owner.onRefused();
      return undefined;
    });
  }

  /** Ends a request that nothing can be made of: only its own line waits. */
  endUnsent(owner: ExchangeOwner): void {
    const startedAt = this.#deps.exchange.clock.now();
    owner.onEnd({ outcome: { kind: "own_fault", fault: "aborted" }, startedAt, durationMs: 0 });
  }

  #exchange(
    toSend: RequestToSend,
    webhook: SendableWebhook,
    endpoint: SendableEndpoint,
    owner: ExchangeOwner,
  ): OpenRequest | undefined {
    const request = this.#build(toSend, webhook, endpoint);
    if (request === undefined || "kind" in request) {
      if (request === undefined) this.endUnsent(owner);
      else this.#endTemplate(request, owner);
      return undefined;
    }
    const exchange = new AttemptExchange(this.#deps.exchange, request, toSend.pool, owner);
    exchange.start();
    return exchange;
  }

  #build(
    subject: RequestSubject,
    webhook: SendableWebhook,
    endpoint: SendableEndpoint,
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
