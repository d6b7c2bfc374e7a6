import { asJourneyId, asWebhookId, type WorkspaceId } from "@hooklane/core";
import type { WebhookRepository } from "@hooklane/store";
import { isPointOf, type PointDocument } from "./point-document.js";

/** The point a path names: `{id}` is its journey, `{pointId}` its own. */
export async function findPoint(
  webhooks: Pick<WebhookRepository, "find">,
  workspaceId: WorkspaceId,
  params: Readonly<Record<string, string>>,
): Promise<PointDocument | undefined> {
  const found = await webhooks.find(asWebhookId(params.pointId ?? ""));
  if (found?.workspaceId !== workspaceId || found.deletedAt) return undefined;
  return isPointOf(found, asJourneyId(params.id ?? "")) ? found : undefined;
}
