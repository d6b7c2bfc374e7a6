import { type BacklogQuota, isOverQuota } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type { BacklogRepository, BacklogStatistics, WebhookRepository } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import type { DisableWebhook } from "../trips/disable-webhook.js";

export interface BacklogWatchOptions {
  readonly backlog: Pick<BacklogRepository, "statistics">;
  readonly webhooks: Pick<WebhookRepository, "listOfEndpoint">;
  readonly disableWebhook: Pick<DisableWebhook, "apply">;
  readonly quota: BacklogQuota;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Measures what waits in the backlog, and disables every webhook of an endpoint over its quota with reason `backlog`
 * (lanes.md §8): its contacts are told, and what waits is logged as skipped. Harmless if two processes do it.
 */
export class BacklogWatch {
  readonly #options: BacklogWatchOptions;

  constructor(options: BacklogWatchOptions) {
    this.#options = options;
  }

  async sweep(): Promise<void> {
    const { backlog, quota, metrics } = this.#options;
    const endpoints = await backlog.statistics();
    const sum = (read: (each: BacklogStatistics) => number) =>
      endpoints.reduce((total, each) => total + read(each), 0);
    metrics.backlogEndpoints.set(endpoints.length);
    metrics.backlogDocuments.set(sum(({ documents }) => documents));
    metrics.backlogBytes.set(sum(({ bytes }) => bytes));
    metrics.backlogOldest.set(endpoints.reduce((oldest, each) => Math.max(oldest, each.oldestAgeSeconds), 0));
    for (const endpoint of endpoints) if (isOverQuota(endpoint, quota)) await this.#disable(endpoint);
  }

  async #disable({ endpointId, documents, bytes, oldestAgeSeconds }: BacklogStatistics): Promise<void> {
    const { webhooks, disableWebhook, logger, now } = this.#options;
    for (const { _id: webhookId, workspaceId, generation, status } of await webhooks.listOfEndpoint(
      endpointId,
    )) {
      if (status !== "active" && status !== "recovering") continue;
      logger.warn({ endpointId, webhookId, documents, bytes, oldestAgeSeconds }, "backlog.over_quota");
      const at = now();
      await disableWebhook.apply(workspaceId, {
        webhookId,
        generation,
        reason: "backlog",
        at,
        errorCounts: [],
      });
    }
  }
}
