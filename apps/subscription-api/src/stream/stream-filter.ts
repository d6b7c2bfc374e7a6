import type { StreamQuery } from "@hooklane/contracts";
import type { StreamItem } from "./stream-item.js";

/** Whether a client asked for an event. What is asked of deliveries leaves the other events alone. */
export function isAskedFor({ event }: StreamItem, query: StreamQuery): boolean {
  switch (event.event) {
    case "delivery": {
      const { webhookId, eventId, eventType, status } = event.data;
      return (
        isOrAny(query.webhookId, webhookId) &&
        isOrAny(query.eventId, eventId) &&
        isOrAny(query.eventType, eventType) &&
        isOrAny(query.status, status)
      );
    }
    case "webhook":
      return isOrAny(query.webhookId, event.data.id);
    case "quota":
      return true;
  }
}

const isOrAny = (asked: string | undefined, value: string): boolean => asked === undefined || asked === value;
