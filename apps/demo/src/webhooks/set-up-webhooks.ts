import type { Logger } from "@hooklane/service";
import { DEMO_WEBHOOKS, type DemoWebhook } from "./demo-webhooks.js";
import { type KeptSecrets, readSecrets, writeSecrets } from "./secret-file.js";
import type { ListedWebhook, WebhookApi } from "./webhook-api.js";

export interface SetUpOptions {
  readonly api: WebhookApi;
  readonly stateFile: string;
  /** Where the dispatcher reaches the receiver. */
  readonly receiverUrl: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Makes the demo's webhooks, those that are not there. One that is there is left as it is, whatever a user made of it,
 * unless its secret is lost or it points to where the receiver no longer is: then it is made anew. May be called again
 * after any failure.
 *
 * @returns the secrets by key
 */
export async function setUpWebhooks(options: SetUpOptions): Promise<ReadonlyMap<string, string>> {
  const { api, stateFile, signal } = options;
  const existing = await api.list(signal);
  let kept = await readSecrets(stateFile);
  for (const webhook of DEMO_WEBHOOKS) {
    if (isUsable(webhook, existing, kept, options)) continue;
    await deleteLeftovers(webhook, existing, options);
    const { id, secret } = await api.create(toBody(webhook, options), signal);
    kept = { ...kept, [webhook.key]: { id, secret } };
    // At once: a secret that is lost costs another webhook.
    await writeSecrets(stateFile, kept);
    options.logger.info({ webhookId: id, key: webhook.key }, "demo.webhook_created");
  }
  return new Map(Object.entries(kept).map(([key, { secret }]) => [key, secret]));
}

const urlOf = ({ key }: DemoWebhook, { receiverUrl }: SetUpOptions): string => `${receiverUrl}/hooks/${key}`;

function isUsable(
  webhook: DemoWebhook,
  existing: readonly ListedWebhook[],
  kept: KeptSecrets,
  options: SetUpOptions,
): boolean {
  const known = kept[webhook.key];
  return existing.some(({ id, url }) => id === known?.id && url === urlOf(webhook, options));
}

/** Those of an earlier start whose secret nobody knows any more. */
async function deleteLeftovers(
  webhook: DemoWebhook,
  existing: readonly ListedWebhook[],
  { api, logger, signal }: SetUpOptions,
): Promise<void> {
  for (const { id, name, url } of existing) {
    if (name !== webhook.name || !url.endsWith(`/hooks/${webhook.key}`)) continue;
    await api.delete(id, signal);
    logger.info({ webhookId: id, key: webhook.key }, "demo.webhook_deleted");
  }
}

function toBody(webhook: DemoWebhook, options: SetUpOptions): object {
  const { name, eventTypes, batching } = webhook;
  return { name, url: urlOf(webhook, options), eventTypes, status: "active", ...(batching && { batching }) };
}
