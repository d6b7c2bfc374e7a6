import { buildTypeIndex, type MatchableWebhook, type TypeIndex, type WorkspaceId } from "@hooklane/core";
import type { ConfigCopy, WebhookDocument } from "@hooklane/store";

/** The type index of each workspace, built when its webhooks changed: the copy then has another array. */
export class WebhookIndex {
  readonly #copy: Pick<ConfigCopy, "webhooksOf">;
  readonly #built = new WeakMap<readonly WebhookDocument[], TypeIndex>();

  constructor(copy: Pick<ConfigCopy, "webhooksOf">) {
    this.#copy = copy;
  }

  of(workspaceId: WorkspaceId): TypeIndex {
    const webhooks = this.#copy.webhooksOf(workspaceId);
    let index = this.#built.get(webhooks);
    if (!index) {
      index = buildTypeIndex(webhooks.map(toMatchable));
      this.#built.set(webhooks, index);
    }
    return index;
  }
}

function toMatchable(webhook: WebhookDocument): MatchableWebhook {
  const { _id: id, endpointId, status, version, generation, eventTypes, sources } = webhook;
  return { id, endpointId, status, version, generation, eventTypes, sources };
}
