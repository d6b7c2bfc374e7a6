import type { WebhookId } from "@hooklane/core";
import type { ConfigChange, ConfigCopy } from "@hooklane/store";
import type { PartitionOwner } from "../partitions/partition-owner.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";

/** Lets breakers and lanes look again when the configuration, or what may be sent to, has changed. */
export class ConfigFollower {
  readonly #configuration: ConfigCopy;
  readonly #failing: FailingWebhooks;
  readonly #owner: PartitionOwner;
  readonly #stopListening: () => void;

  constructor(configuration: ConfigCopy, failing: FailingWebhooks, owner: PartitionOwner) {
    this.#configuration = configuration;
    this.#failing = failing;
    this.#owner = owner;
    this.#stopListening = configuration.onChange((change) => this.#onChange(change));
    failing.onTripped((webhookId) => this.#wakeLaneOf(webhookId));
  }

  close(): Promise<void> {
    this.#stopListening();
    return Promise.resolve();
  }

  #onChange(change: ConfigChange): void {
    if (change.collection === "all") {
      this.#failing.onConfigurationReloaded();
      for (const runner of this.#owner.runners)
        runner.run((lanes, now) => lanes.onConfigurationReloaded(now));
      return;
    }
    if (change.collection !== "webhooks") return;
    const webhook = this.#configuration.webhook(change.id as WebhookId);
    if (webhook === undefined) return;
    this.#failing.onWebhook(webhook);
    this.#wakeLaneOf(webhook._id);
  }

  #wakeLaneOf(webhookId: WebhookId): void {
    const webhook = this.#configuration.webhook(webhookId);
    const endpoint = webhook && this.#configuration.endpoint(webhook.endpointId);
    if (endpoint === undefined) return;
    this.#owner.runnerOf(endpoint.partition)?.run((lanes, now) => lanes.onWebhookChanged(endpoint._id, now));
  }
}
