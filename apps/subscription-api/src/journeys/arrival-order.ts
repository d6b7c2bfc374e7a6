import {
  asEventId,
  asWebhookId,
  asWorkspaceId,
  EVENT_SOURCES,
  JOURNEY_POINT_REACHED,
  type EventId,
  toEventJson,
} from "@hooklane/core";
import { z } from "zod";
import type { PointDocument } from "./point-document.js";

/**
 * An arrival that was answered for: all there is to put in line, so that a repeated call with its `Idempotency-Key` is the
 * same event and never another one.
 */
export const arrivalOrder = z.object({
  workspaceId: z.string().transform(asWorkspaceId),
  eventsPartition: z.number(),
  /** Of its record too. */
  eventId: z.string().transform(asEventId),
  source: z.enum(EVENT_SOURCES),
  /** Milliseconds since 1970. */
  acceptedAt: z.number(),
  pointId: z.string().transform(asWebhookId),
  /** The event as it is sent. */
  eventJson: z.string(),
});
export type ArrivalOrder = z.output<typeof arrivalOrder>;

/** @param contact the catalogue's `subscriber` */
export function toArrivalOrder(
  { _id: pointId, journeyId, workspaceId }: PointDocument,
  contact: object,
  given: { readonly eventId: EventId; readonly eventsPartition: number; readonly at: Date },
): ArrivalOrder {
  const { eventId, eventsPartition, at } = given;
  const source = "api";
  const data = { journey_id: journeyId, point_id: pointId, contact };
  const event = {
    id: eventId,
    type: JOURNEY_POINT_REACHED,
    timestamp: at.toISOString(),
    source,
    data,
  } as const;
  return {
    workspaceId,
    eventsPartition,
    eventId,
    source,
    acceptedAt: at.getTime(),
    pointId,
    eventJson: toEventJson(event),
  };
}
