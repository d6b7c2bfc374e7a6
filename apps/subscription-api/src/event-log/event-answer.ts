import type { ListedEvent } from "@hooklane/store";

/** An event without its data. */
export const toEventAnswer = (event: Omit<ListedEvent, "_id">) => ({
  id: event.eventId,
  type: event.type,
  timestamp: event.timestamp,
  source: event.source,
  status: event.status,
  acceptedAt: event.acceptedAt.toISOString(),
  ...(event.isTest && { isTest: true }),
  ...(event.deliverAt && { deliverAt: event.deliverAt.toISOString() }),
  ...(event.schemaWarning !== undefined && { schemaWarning: event.schemaWarning }),
});

/** The event's `data`. Its bytes were written as JSON by the ingestor. */
export function readData(body: Uint8Array): unknown {
  const event = JSON.parse(Buffer.from(body).toString("utf8")) as { readonly data?: unknown };
  return event.data;
}
