import { hash } from "node:crypto";
import {
  asDeliveryId,
  type DeliveryId,
  type RecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";

/** The id of a delivery: the same however often anybody comes to it, before and after it is decided. */
export function toDeliveryId(workspaceId: WorkspaceId, recordId: RecordId, webhookId: WebhookId): DeliveryId {
  // A record id may hold any character but a control character, so a line break keeps the parts apart.
  return asDeliveryId(`dl_${hash("sha256", `${workspaceId}\n${recordId}\n${webhookId}`).slice(0, 32)}`);
}
