import type { ContactId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { ConfigChange, ConfigCopy } from "@hooklane/store";
import type { PartitionOwner } from "../partitions/partition-owner.js";
import type { FailingWebhooks } from "../rule/failing-webhooks.js";

/** Deletions of contacts come in bursts; lanes look again for all of such a time at once. */
const CONTACTS_GATHERED_MS = 250;

/** Lets breakers and lanes look again when the configuration, or what may be sent to, has changed. */
export class ConfigFollower {
  readonly #configuration: ConfigCopy;
  readonly #failing: FailingWebhooks;
  readonly #owner: PartitionOwner;
  readonly #stopListening: () => void;
  /** Contacts of these were deleted, and their lanes do not know yet. */
  readonly #withDeletedContacts = new Set<WorkspaceId>();
  #timer: NodeJS.Timeout | undefined;

  constructor(configuration: ConfigCopy, failing: FailingWebhooks, owner: PartitionOwner) {
    this.#configuration = configuration;
    this.#failing = failing;
    this.#owner = owner;
    this.#stopListening = configuration.onChange((change) => this.#onChange(change));
    failing.onTripped((webhookId) => this.#wakeLaneOf(webhookId));
  }

  close(): Promise<void> {
    this.#stopListening();
    clearTimeout(this.#timer);
    return Promise.resolve();
  }

  #onChange(change: ConfigChange): void {
    if (change.collection === "all") {
      this.#failing.onConfigurationReloaded();
      for (const runner of this.#owner.runners)
        runner.run((lanes, now) => lanes.onConfigurationReloaded(now));
      return;
    }
    if (change.collection === "deletedContacts") this.#onDeletedContact(change.id as ContactId);
    if (change.collection !== "webhooks") return;
    const webhook = this.#configuration.webhook(change.id as WebhookId);
    if (webhook === undefined) return;
    this.#failing.onWebhook(webhook);
    this.#wakeLaneOf(webhook._id);
  }

  #onDeletedContact(contactId: ContactId): void {
    // Undefined: the document went at the end of its days.
    const deleted = this.#configuration.deletedContact(contactId);
    if (deleted === undefined) return;
    this.#withDeletedContacts.add(deleted.workspaceId);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#wakeTouchpoints();
    }, CONTACTS_GATHERED_MS);
  }

  /** What is about a contact is sent by touchpoints only. */
  #wakeTouchpoints(): void {
    for (const workspaceId of this.#withDeletedContacts)
      for (const { _id, kind } of this.#configuration.webhooksOf(workspaceId))
        if (kind === "touchpoint") this.#wakeLaneOf(_id);
    this.#withDeletedContacts.clear();
  }

  #wakeLaneOf(webhookId: WebhookId): void {
    const webhook = this.#configuration.webhook(webhookId);
    const endpoint = webhook && this.#configuration.endpoint(webhook.endpointId);
    if (endpoint === undefined) return;
    this.#owner.runnerOf(endpoint.partition)?.run((lanes, now) => lanes.onWebhookChanged(endpoint._id, now));
  }
}
