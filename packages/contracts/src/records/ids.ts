import {
  asContactId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { z } from "zod";

const id = z.string().min(1).max(300);

/** Parse text from an edge into branded ids. The form of the prefix is not checked: ids are opaque to readers. */
export const workspaceId = id.transform(asWorkspaceId);
export const webhookId = id.transform(asWebhookId);
export const endpointId = id.transform(asEndpointId);
export const eventId = id.transform(asEventId);
export const recordId = id.transform(asRecordId);
export const contactId = id.transform(asContactId);
export const deliveryId = id.transform(asDeliveryId);
