import type { WebhookAnswer } from "@hooklane/contracts";
import type { WebhookDocument } from "@hooklane/store";

/** A webhook without what must not be shown: its secrets and its password. */
export function toWebhookAnswer(webhook: WebhookDocument): WebhookAnswer {
  const { disabled, batching, sources, auth, rateLimitPerSecond } = webhook;
  return {
    id: webhook._id,
    endpointId: webhook.endpointId,
    kind: webhook.kind,
    name: webhook.name,
    url: webhook.url,
    eventTypes: [...webhook.eventTypes],
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
    headers: { ...webhook.headers },
    ...(auth && { auth: { type: auth.type, username: auth.username } }),
    contentType: webhook.contentType,
    ...(rateLimitPerSecond !== undefined && { rateLimitPerSecond }),
    version: webhook.version,
    generation: webhook.generation,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}
