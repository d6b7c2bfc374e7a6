import {
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
  EVENT_SOURCES,
  type NativeEvent,
  type RecordId,
  toEventJson,
  toTestRecordId,
  type WorkspaceId,
} from "@hooklane/core";
import { isSendable, toDeliveryId, type WebhookDocument } from "@hooklane/store";
import { z } from "zod";

/**
 * A test that was answered for: all there is to send, so that a repeated call with its `Idempotency-Key` is the same test
 * and never another one.
 */
export const testOrder = z.object({
  workspaceId: z.string().transform(asWorkspaceId),
  /** Of its record too. */
  eventId: z.string().transform(asEventId),
  type: z.string(),
  source: z.enum(EVENT_SOURCES),
  /** Milliseconds since 1970. */
  acceptedAt: z.number(),
  webhookId: z.string().transform(asWebhookId),
  endpointId: z.string().transform(asEndpointId),
  /** The event as it is sent. */
  eventJson: z.string(),
  /** Without taking a place in line: the webhook is not sent to, so nothing else is. */
  isDirect: z.boolean(),
});
export type TestOrder = z.output<typeof testOrder>;

/**
 * @param exampleJson of the type: a whole event
 * @param call unique for the call that asked for it
 */
export function toTestOrder(
  workspaceId: WorkspaceId,
  { _id: webhookId, endpointId, status }: WebhookDocument,
  { type, exampleJson }: { readonly type: string; readonly exampleJson: string },
  { call, at }: { readonly call: string; readonly at: Date },
): TestOrder {
  const { source = "api", data = {} } = JSON.parse(exampleJson) as Partial<NativeEvent>;
  const eventId = asEventId(toTestRecordId(call));
  return {
    workspaceId,
    eventId,
    type,
    source,
    acceptedAt: at.getTime(),
    webhookId,
    endpointId,
    eventJson: toEventJson({ id: eventId, type, timestamp: at.toISOString(), source, data }),
    isDirect: !isSendable(status),
  };
}

export const recordIdOf = ({ eventId }: TestOrder): RecordId => asRecordId(eventId);

export const deliveryIdOf = (order: TestOrder): DeliveryId =>
  toDeliveryId({ ...order, recordId: recordIdOf(order) }, order.webhookId);
