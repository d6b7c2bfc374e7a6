import type { DeliveryId, EventId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { Store } from "../store.js";
import { EVENTS } from "./event-log.js";
import type { EventDocument } from "./logged-event.js";

/** An event of a list, without its body. */
export type ListedEvent = Omit<EventDocument, "body">;

/** Which events of a workspace to list. All given conditions hold. */
export interface EventFilter {
  readonly eventId?: EventId;
  readonly type?: string;
  readonly status?: "accepted" | "suppressed";
  /** Matched by this webhook. Looked for among the others: there is no index of it. */
  readonly webhookId?: WebhookId;
  /** Accepted at or after. */
  readonly from?: Date;
  /** Accepted before. */
  readonly to?: Date;
}

/** A place in the list of events, newest first. */
export interface EventPlace {
  readonly acceptedAt: Date;
  /** `_id` of the document. */
  readonly id: string;
}

/** A query that finds little among much ends with an error of the database instead of occupying it. */
const QUERY_LIMIT_MS = 5_000;

/** Reads lists out of the event log. */
export class EventReader {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Newest accepted first, from behind `after`.
   *
   * @throws the database's error when it did not find them within 5 s
   */
  async list(
    workspaceId: WorkspaceId,
    filter: EventFilter,
    page: { readonly limit: number; readonly after?: EventPlace | undefined },
  ): Promise<readonly ListedEvent[]> {
    return this.#collection()
      .find(toQuery(workspaceId, filter, page.after))
      .sort({ acceptedAt: -1, _id: -1 })
      .limit(page.limit)
      .maxTimeMS(QUERY_LIMIT_MS)
      .project<ListedEvent>({ body: 0 })
      .toArray();
  }

  /** The event a delivery was decided for. Recent ones are found at once, there is no index of it. */
  async findByDelivery(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ListedEvent | undefined> {
    const [found] = await this.#collection()
      .find({ workspaceId, "decision.matched.deliveryId": deliveryId })
      .sort({ acceptedAt: -1, _id: -1 })
      .limit(1)
      .maxTimeMS(QUERY_LIMIT_MS)
      .project<ListedEvent>({ body: 0 })
      .toArray();
    return found;
  }

  #collection() {
    return this.#store.db.collection<EventDocument>(EVENTS);
  }
}

function toQuery(
  workspaceId: WorkspaceId,
  { eventId, type, status, webhookId, from, to }: EventFilter,
  after: EventPlace | undefined,
): mongo.Filter<EventDocument> {
  return {
    workspaceId,
    // An event's own record has the event's id; it is found by its key.
    ...(eventId !== undefined && { _id: `${workspaceId}:${eventId}` }),
    ...(type !== undefined && { type }),
    ...(status !== undefined && { status }),
    ...(webhookId !== undefined && { "decision.matched.webhookId": webhookId }),
    ...((from ?? to) && { acceptedAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
    ...(after && {
      $or: [
        { acceptedAt: { $lt: after.acceptedAt } },
        { acceptedAt: after.acceptedAt, _id: { $lt: after.id } },
      ],
    }),
  };
}
