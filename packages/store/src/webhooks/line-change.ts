import type { EndpointId } from "@hooklane/core";
import { type EndpointPlace, EndpointRepository } from "../endpoints/endpoint-repository.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { type WebhookDocument, WEBHOOKS } from "./webhook.js";

/**
 * Gives a webhook whose URL changed its endpoint (lanes.md §11). Nobody else uses the endpoint and the new URL has
 * none: the endpoint's URL changes in place, the line and what is queued stay. Otherwise the webhook takes a place on
 * the other line.
 */
export async function placeOnLine(
  store: Store,
  before: WebhookDocument,
  place: EndpointPlace,
  at: Date,
  session: Session,
): Promise<EndpointId> {
  const endpoints = new EndpointRepository(store);
  const current = await endpoints.find(before.endpointId, session);
  if (current?.url === place.url) return before.endpointId;
  const [target, others] = [
    await endpoints.findByUrl(before.workspaceId, place.url, session),
    await countOthers(store, before, session),
  ];
  if (!target && others === 0) {
    await endpoints.changeUrl(before.endpointId, place.url, session);
    return before.endpointId;
  }
  return endpoints.attach(before.workspaceId, place, at, session);
}

function countOthers(store: Store, webhook: WebhookDocument, session: Session): Promise<number> {
  return store.db
    .collection<WebhookDocument>(WEBHOOKS)
    .countDocuments(
      { endpointId: webhook.endpointId, _id: { $ne: webhook._id }, deletedAt: { $exists: false } },
      { session },
    );
}
