import {
  asDeliveryId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  EVENT_SOURCES,
} from "@hooklane/core";
import { z } from "zod";

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
  /** Milliseconds since 1970. */
  acceptedAt: z.number(),
  webhookId: z.string().transform(asWebhookId),
  resendOf: z.string().transform(asDeliveryId),
});
export type ResendOrder = z.output<typeof resendOrder>;
