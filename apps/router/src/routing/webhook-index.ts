import { buildTypeIndex, type TypeIndex, type WorkspaceId } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type { ConfigCopy, WebhookDocument } from "@hooklane/store";
import { MatchableWebhooks } from "./matchable-webhooks.js";

/** The type index of each workspace, built when its webhooks changed: the copy then has another array. */
export class WebhookIndex {
  readonly #copy: Pick<ConfigCopy, "webhooksOf">;
  readonly #built = new WeakMap<readonly WebhookDocument[], TypeIndex>();
  readonly #matchable: MatchableWebhooks;

  constructor(copy: Pick<ConfigCopy, "webhooksOf">, logger: Pick<Logger, "error">) {
    this.#copy = copy;
    this.#matchable = new MatchableWebhooks(logger);
  }

  of(workspaceId: WorkspaceId): TypeIndex {
    const webhooks = this.#copy.webhooksOf(workspaceId);
    let index = this.#built.get(webhooks);
    if (!index) {
      index = buildTypeIndex(webhooks.map((webhook) => this.#matchable.of(webhook)));
      this.#built.set(webhooks, index);
    }
    return index;
  }
}
