import type { DeliveryId, UnmatchedReason, WebhookId } from "@hooklane/core";
import type { LoggedEvent } from "./logged-event.js";

/** Which webhooks got an event, and why the others did not (product.md W7, api.md §2). */
export interface Explanation {
  readonly event: LoggedEvent;
  readonly matched: readonly { readonly webhookId: WebhookId; readonly deliveryId: DeliveryId }[];
  readonly unmatched: readonly { readonly webhookId: WebhookId; readonly reason: UnmatchedReason }[];
}

/**
 * The stored decision, with what is left out of it: a webhook that is not named had not asked for the event's type.
 *
 * @param webhookIds the workspace's webhooks that existed when the event was accepted, oldest first
 */
export function explain(event: LoggedEvent, webhookIds: readonly WebhookId[]): Explanation {
  const { matched, unmatched } = event.decision;
  const named = new Set([...matched, ...unmatched].map(({ webhookId }) => webhookId));
  return {
    event,
    matched: matched.map(({ webhookId, deliveryId }) => ({ webhookId, deliveryId })),
    unmatched: [
      ...unmatched,
      // A test was for one webhook, whatever the others ask for.
      ...(event.isTest ? [] : webhookIds)
        .filter((id) => !named.has(id))
        .map((webhookId) => ({ webhookId, reason: "event_type" as const })),
    ],
  };
}
