import { randomUUID } from "node:crypto";
import {
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
} from "@hooklane/core";
import {
  EventLog,
  type NewLoggedEvent,
  type ScheduledEvent,
  ScheduledEvents,
  type Store,
  toDeliveryId,
} from "@hooklane/store";

const ACCEPTED_AT = new Date("2026-01-15T10:00:00Z");

/** Logs an event as the router does, with a delivery to this webhook. */
export async function logEvent(
  store: Store,
  workspace: string,
  webhook: { readonly id: string; readonly endpointId: string },
  change: Partial<NewLoggedEvent> = {},
): Promise<{ readonly eventId: string; readonly deliveryId: DeliveryId }> {
  const eventId = `evt_${randomUUID()}`;
  const workspaceId = asWorkspaceId(workspace);
  const webhookId = asWebhookId(webhook.id);
  const recordId = asRecordId(eventId);
  const deliveryId = toDeliveryId({ workspaceId, recordId, acceptedAt: ACCEPTED_AT.getTime() }, webhookId);
  await new EventLog(store).record([
    {
      workspaceId,
      recordId,
      eventId: asEventId(eventId),
      position: { partition: 0, epoch: 0, offset: 0 },
      type: "email.opened",
      timestamp: ACCEPTED_AT.toISOString(),
      source: "subscriber",
      acceptedAt: ACCEPTED_AT,
      status: "accepted",
      shownBody: Buffer.from(`{"id":"${eventId}","data":{}}`),
      decision: {
        matched: [
          {
            webhookId,
            generation: 1,
            version: 1,
            endpointId: asEndpointId(webhook.endpointId),
            partition: 0,
            ordinal: 0,
            deliveryId,
          },
        ],
        unmatched: [],
      },
      expiresAt: new Date("2100-01-01T00:00:00Z"),
      ...change,
    },
  ]);
  return { eventId, deliveryId };
}

/** Schedules an event as the router does. @returns its id */
export async function scheduleEvent(store: Store, workspace: string): Promise<string> {
  const eventId = `evt_${randomUUID()}`;
  const deliverAt = new Date("2090-01-15T10:00:00Z");
  const event: ScheduledEvent = {
    workspaceId: asWorkspaceId(workspace),
    eventId: asEventId(eventId),
    position: { partition: 0, epoch: 0, offset: 0 },
    type: "email.opened",
    source: "api",
    acceptedAt: ACCEPTED_AT,
    deliverAt,
    body: Buffer.from(`{"id":"${eventId}","data":{}}`),
  };
  const { body: shownBody, ...logged } = event;
  await new EventLog(store).record([
    {
      ...logged,
      shownBody,
      recordId: asRecordId(eventId),
      timestamp: ACCEPTED_AT.toISOString(),
      status: "scheduled",
      decision: { matched: [], unmatched: [] },
      expiresAt: new Date("2100-01-01T00:00:00Z"),
    },
  ]);
  await new ScheduledEvents(store).add([event]);
  return eventId;
}
