import type { WebhookId } from "@hooklane/core";
import type { Task } from "./task.js";
import type { UpstreamProcess } from "./upstream.js";
import type { Webhook } from "./webhook.js";

/** What routing a partition needs of the router that does it. */
export type RoutingProcess = UpstreamProcess & {
  readonly index: number;
  /** The configuration as this process knows it; another one after every change. */
  readonly copy: ReadonlyMap<WebhookId, Webhook>;
  /** Reads a webhook past the change stream. */
  refresh(webhookId: WebhookId): Task;
  refreshAll(): Task;
};
