import type { WebhookAnswer } from "@hooklane/contracts";
import { publicKeysOf, signatureSchemeOf } from "@hooklane/core";
import { toRecoveryId, type WebhookDocument } from "@hooklane/store";
import { toCertificateAnswer } from "./certificates/client-certificate.js";
import { toAuthAnswer } from "./webhook-auth.js";
import { readFilter } from "./webhook-filter.js";

/**
 * A webhook without what must not be shown: its secrets, passwords and tokens.
 *
 * @param at tells which public keys still sign
 */
export function toWebhookAnswer(webhook: WebhookDocument, at: Date): WebhookAnswer {
  const { disabled, batching, sources, auth, body, rateLimitPerSecond, lockedEventTypes } = webhook;
  return {
    id: webhook._id,
    endpointId: webhook.endpointId,
    kind: webhook.kind,
    ...(webhook.journeyId !== undefined && { journeyId: webhook.journeyId }),
    ...(webhook.campaignId !== undefined && { campaignId: webhook.campaignId }),
    name: webhook.name,
    url: webhook.url,
    eventTypes: [...webhook.eventTypes],
    ...(lockedEventTypes && { lockedEventTypes: [...lockedEventTypes] }),
    status: webhook.status,
    ...(webhook.status === "recovering" && {
      recoveryJobId: toRecoveryId(webhook._id, webhook.generation),
    }),
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
    ...toSignatureAnswer(webhook, at),
    ...toCertificatePart(webhook),
    contentType: webhook.contentType,
    ...(body !== undefined && { body: typeof body === "string" ? body : [...body] }),
    ...(rateLimitPerSecond !== undefined && { rateLimitPerSecond }),
    version: webhook.version,
    generation: webhook.generation,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

function toCertificatePart({ clientCertificate }: WebhookDocument) {
  const shown = clientCertificate && toCertificateAnswer(clientCertificate);
  return shown && { clientCertificate: shown };
}

function toSignatureAnswer({ secrets }: WebhookDocument, at: Date) {
  const publicKeys = publicKeysOf(secrets, at).map(({ key, expiresAt }) => ({
    key,
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }));
  return {
    signatureScheme: signatureSchemeOf(secrets),
    ...(publicKeys.length > 0 && { publicKeys }),
  };
}
