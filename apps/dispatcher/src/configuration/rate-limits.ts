import type { EndpointId, WorkspaceId } from "@hooklane/core";
import type { ConfigCopy, WebhookDocument } from "@hooklane/store";

/** Requests a second each endpoint may get: the lowest limit of its webhooks, of those that are off too (product.md D13). */
export class RateLimits {
  readonly #configuration: Pick<ConfigCopy, "webhooksOf">;
  /** By the array of a workspace's webhooks, which is another one as soon as one of them changes. */
  readonly #byWebhooks = new WeakMap<readonly WebhookDocument[], ReadonlyMap<EndpointId, number>>();

  constructor(configuration: Pick<ConfigCopy, "webhooksOf">) {
    this.#configuration = configuration;
  }

  /** Undefined: as fast as it answers. Asked before every request. */
  of(workspaceId: WorkspaceId, endpointId: EndpointId): number | undefined {
    const webhooks = this.#configuration.webhooksOf(workspaceId);
    let limits = this.#byWebhooks.get(webhooks);
    if (limits === undefined) {
      limits = lowestOf(webhooks);
      this.#byWebhooks.set(webhooks, limits);
    }
    return limits.size === 0 ? undefined : limits.get(endpointId);
  }
}

function lowestOf(webhooks: readonly WebhookDocument[]): ReadonlyMap<EndpointId, number> {
  const limits = new Map<EndpointId, number>();
  for (const { endpointId, rateLimitPerSecond } of webhooks) {
    if (rateLimitPerSecond === undefined) continue;
    limits.set(endpointId, Math.min(limits.get(endpointId) ?? Infinity, rateLimitPerSecond));
  }
  return limits;
}
