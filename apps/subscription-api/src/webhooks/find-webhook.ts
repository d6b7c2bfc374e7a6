import { asWebhookId, type WorkspaceId } from "@hooklane/core";
import type { WebhookDocument, WebhookRepository } from "@hooklane/store";

/** The webhook a path names, unless it is another workspace's or deleted. */
export async function findWebhook(
  webhooks: Pick<WebhookRepository, "find">,
  workspaceId: WorkspaceId,
  id: string | undefined,
): Promise<WebhookDocument | undefined> {
  const found = await webhooks.find(asWebhookId(id ?? ""));
  return found?.workspaceId === workspaceId && !found.deletedAt ? found : undefined;
}
