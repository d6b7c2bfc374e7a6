import { type CompiledFilter, compileFilter, type MatchableWebhook, NO_MATCH } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type { WebhookDocument } from "@hooklane/store";

/**
 * What matching reads of a webhook, its filter compiled: once a version, as the copy holds the same object until the
 * webhook changes, and not again when another webhook of the workspace does.
 */
export class MatchableWebhooks {
  readonly #made = new WeakMap<WebhookDocument, MatchableWebhook>();
  readonly #logger: Pick<Logger, "error">;

  constructor(logger: Pick<Logger, "error">) {
    this.#logger = logger;
  }

  of(webhook: WebhookDocument): MatchableWebhook {
    let matchable = this.#made.get(webhook);
    if (!matchable) {
      matchable = this.#make(webhook);
      this.#made.set(webhook, matchable);
    }
    return matchable;
  }

  #make(webhook: WebhookDocument): MatchableWebhook {
    const {
      _id: id,
      kind,
      journeyId,
      endpointId,
      status,
      version,
      generation,
      eventTypes,
      lockedEventTypes,
      sources,
    } = webhook;
    const { audienceId, filterJson, owedSince } = webhook;
    const filter = filterJson === undefined ? undefined : this.#compile(webhook, filterJson);
    return {
      id,
      kind,
      journeyId,
      endpointId,
      status,
      version,
      generation,
      eventTypes,
      lockedEventTypes,
      sources,
      audienceId,
      filter,
      owedSince,
    };
  }

  /** A filter that was saved and cannot be read matches nothing: its user wanted less than everything. */
  #compile({ _id: webhookId, version }: WebhookDocument, filterJson: string): CompiledFilter {
    const compiled = compileFilter(parseJson(filterJson));
    if (compiled.ok) return compiled.filter;
    this.#logger.error({ webhookId, version, faults: compiled.faults.length }, "router.unreadable_filter");
    return NO_MATCH;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
