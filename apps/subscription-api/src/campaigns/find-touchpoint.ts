import { asCampaignId, asWebhookId, type WorkspaceId } from "@hooklane/core";
import type { StoredTouchpoint, TouchpointRepository, WebhookRepository } from "@hooklane/store";

/** The touchpoint a path names: `{id}` is its campaign, `{touchpointId}` its own. */
export async function findTouchpoint(
  {
    touchpoints,
    webhooks,
  }: {
    readonly touchpoints: Pick<TouchpointRepository, "find">;
    readonly webhooks: Pick<WebhookRepository, "find">;
  },
  workspaceId: WorkspaceId,
  params: Readonly<Record<string, string>>,
): Promise<StoredTouchpoint | undefined> {
  const id = asWebhookId(params.touchpointId ?? "");
  const touchpoint = await touchpoints.find(workspaceId, asCampaignId(params.id ?? ""), id);
  const webhook = touchpoint && (await webhooks.find(id));
  return touchpoint && webhook && !webhook.deletedAt ? { touchpoint, webhook } : undefined;
}
