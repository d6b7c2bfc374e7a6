import type { WebhookAnswer } from "@hooklane/contracts";
import type { WebhookDocument } from "@hooklane/store";
import { toAuthAnswer } from "./webhook-auth.js";
import { readFilter } from "./webhook-filter.js";

/** A webhook without what must not be shown: its secrets, passwords and tokens. */
export function toWebhookAnswer(webhook: WebhookDocument): WebhookAnswer {
  const { disabled, batching, sources, auth, body, rateLimitPerSecond, lockedEventTypes } = webhook;
  return {
    id: webhook._id,
    endpointId: webhook.endpointId,
    kind: webhook.kind,
    name: webhook.name,
    url: webhook.url,
    eventTypes: [...webhook.eventTypes],
    ...(lockedEventTypes && { lockedEventTypes: [...lockedEventTypes] }),
    status: webhook.status,
    ...(disabled && {
      disabled: {
        reason: disabled.reason,
        at: disabled.at.toISOString(),
        ...(disabled.lastError !== undefined && { lastError: disabled.lastError }),
      },
    }),
    ...(batching && { batching: { maxEvents: batching.maxEvents, maxWaitSeconds: batching.maxWaitSeconds } }),
    successStatus: webhook.successStatus,
    ...(sources && { sources: [...sources] }),
    ...(webhook.audienceId !== undefined && { audienceId: webhook.audienceId }),
    ...(webhook.filterJson !== undefined && { filter: readFilter(webhook) }),
    headers: { ...webhook.headers },
    ...(auth && { auth: toAuthAnswer(auth) }),
    contentType: webhook.contentType,
    ...(body !== undefined && { body: typeof body === "string" ? body : [...body] }),
    ...(rateLimitPerSecond !== undefined && { rateLimitPerSecond }),
    version: webhook.version,
    generation: webhook.generation,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}
