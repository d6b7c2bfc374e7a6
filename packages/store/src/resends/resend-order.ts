import {
  asContactId,
  asDeliveryId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
  EVENT_SOURCES,
  toResendRecordId,
  type WebhookId,
} from "@hooklane/core";
import { z } from "zod";
import type { EventDocument, LoggedEvent } from "../event-log/logged-event.js";

/**
 * A resend that was answered for. All that its record says but the event's bytes, which are read when it is produced;
 * kept with the answer, so that a repeated call produces the same record and never another one.
 */
export const resendOrder = z.object({
  workspaceId: z.string().transform(asWorkspaceId),
  recordId: z.string().transform(asRecordId),
  /** The record of the event log that has the bytes. */
  bytesOf: z.string().transform(asRecordId),
  eventId: z.string().transform(asEventId),
  type: z.string(),
  source: z.enum(EVENT_SOURCES),
  /** See the event's. */
  contactId: z.string().transform(asContactId).exactOptional(),
  /** Milliseconds since 1970. */
  acceptedAt: z.number(),
  webhookId: z.string().transform(asWebhookId),
  resendOf: z.string().transform(asDeliveryId),
  /** Of a recovery; see the record's. */
  recovery: z.object({ generation: z.number(), isFirst: z.literal(true).exactOptional() }).exactOptional(),
});
export type ResendOrder = z.output<typeof resendOrder>;

/** What a resend takes over from the record of the event log whose bytes are sent. */
export type ResentEvent = Pick<
  LoggedEvent,
  "workspaceId" | "recordId" | "eventId" | "type" | "source" | "contactId"
> &
  Pick<EventDocument, "position">;

/**
 * @param event the record that has the bytes
 * @param target the delivery to send once more
 * @param job one decision to resend, and when it was accepted, milliseconds since 1970
 */
export const toResendOrder = (
  { workspaceId, recordId, eventId, type, source, contactId }: Omit<ResentEvent, "position">,
  { deliveryId, webhookId }: { readonly deliveryId: DeliveryId; readonly webhookId: WebhookId },
  { job, acceptedAt }: { readonly job: string; readonly acceptedAt: number },
): ResendOrder => ({
  workspaceId,
  recordId: toResendRecordId(job, deliveryId),
  bytesOf: recordId,
  eventId,
  type,
  source,
  ...(contactId !== undefined && { contactId }),
  acceptedAt,
  webhookId,
  resendOf: deliveryId,
});
