import type { TraceContext } from "@hooklane/core";
import type { SendDecision } from "@hooklane/lanes";
import type { ExchangeOwner, OpenRequest, WebhookSender } from "@hooklane/outbound";
import type { ConfigCopy } from "@hooklane/store";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";

/** What sending needs. */
export interface SenderDeps {
  readonly configuration: Pick<ConfigCopy, "webhook" | "endpoint">;
  readonly failing: Pick<FailingWebhooks, "breakerOf">;
  readonly requests: Pick<WebhookSender, "send" | "endUnsent">;
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
   * @param trace what the receiver is told of it
   * @returns how to cut it; undefined when it was refused or ended at once
   */
  send(decision: SendDecision, owner: ExchangeOwner, trace?: TraceContext): OpenRequest | undefined {
    const { configuration, failing, requests } = this.#deps;
    const toSend = trace === undefined ? decision : { ...decision, trace };
    const [first] = decision.records;
    const webhook = first && configuration.webhook(first.webhookId);
    // The decision named the endpoint; a webhook that moved since is of another generation and refused by `mayStart`.
    const endpoint = configuration.endpoint(decision.endpointId);
    if (webhook === undefined || endpoint === undefined) {
      // The copy is incomplete, which passes.
      requests.endUnsent(owner);
      return undefined;
    }
    const breaker = failing.breakerOf(webhook._id);
    if (breaker === undefined) return requests.send(toSend, webhook, endpoint, owner);
    let request: OpenRequest | undefined;
    breaker.fire(
      {
        mayStart: () => breaker.isClosed && owner.mayStart(),
        onRefused: () => owner.onRefused(),
        onEnd: (end) => owner.onEnd(end),
      },
      (guarded) => {
        request = requests.send(toSend, webhook, endpoint, guarded);
      },
    );
    return request;
  }
}
