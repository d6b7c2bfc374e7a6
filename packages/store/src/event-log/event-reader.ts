import type { LoggedEventStatus } from "@hooklane/contracts";
import {
  asRecordId,
  type DeliveryId,
  type EventId,
  toReleaseRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import type { mongo } from "mongoose";
import type { Store } from "../store.js";
import { EVENTS } from "./event-log.js";
import { type EventDocument, type LoggedEvent, toEventDocumentId, toLoggedEvent } from "./logged-event.js";

/** An event of a list, without its body. */
export type ListedEvent = Omit<EventDocument, "body">;

/** Which events of a workspace to list. All given conditions hold. */
export interface EventFilter {
  readonly eventId?: EventId;
  readonly type?: string;
  readonly status?: LoggedEventStatus;
  /** Each event once: no resends, and a released one not also as it was scheduled. Default: every record. */
  readonly isOncePerEvent?: boolean;
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

/** Resends of one event told of at most. */
const RESENDS_MAX = 1_000;

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

  /** The record a delivery was decided for. Resends and recent ones are found at once, there is no index of the rest. */
  async findByDelivery(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ListedEvent | undefined> {
    const resend = await this.findResend(workspaceId, deliveryId);
    if (resend) return resend;
    const [found] = await this.#collection()
      .find({ workspaceId, "decision.matched.deliveryId": deliveryId })
      .sort({ acceptedAt: -1, _id: -1 })
      .limit(1)
      .maxTimeMS(QUERY_LIMIT_MS)
      .project<ListedEvent>({ body: 0 })
      .toArray();
    return found;
  }

  /** The record of the resend a delivery comes from; undefined when it is of no resend. */
  async findResend(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ListedEvent | undefined> {
    const [found] = await this.#collection()
      .find({ workspaceId, "decision.matched.deliveryId": deliveryId, resendOf: { $exists: true } })
      .limit(1)
      .project<ListedEvent>({ body: 0 })
      .toArray();
    return found;
  }

  /** As {@link findResend}, with the event's bytes. */
  async readResend(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<LoggedEvent | undefined> {
    const found = await this.#collection().findOne({
      workspaceId,
      "decision.matched.deliveryId": deliveryId,
      resendOf: { $exists: true },
    });
    return found ? toLoggedEvent(found) : undefined;
  }

  /** Which of some deliveries are resends, and of which. */
  async findResendsOf(
    workspaceId: WorkspaceId,
    deliveryIds: readonly DeliveryId[],
  ): Promise<ReadonlyMap<DeliveryId, DeliveryId>> {
    const origins = new Map<DeliveryId, DeliveryId>();
    if (deliveryIds.length === 0) return origins;
    const found = this.#collection()
      .find({
        workspaceId,
        "decision.matched.deliveryId": { $in: [...deliveryIds] },
        resendOf: { $exists: true },
      })
      .project<Pick<EventDocument, "decision" | "resendOf">>({
        "decision.matched.deliveryId": 1,
        resendOf: 1,
      });
    for await (const { decision, resendOf } of found) {
      for (const { deliveryId } of decision.matched) if (resendOf) origins.set(deliveryId, resendOf);
    }
    return origins;
  }

  /** The deliveries by which an event was resent, oldest first. */
  async listResends(workspaceId: WorkspaceId, eventId: EventId): Promise<readonly DeliveryId[]> {
    const found = await this.#collection()
      .find({ workspaceId, eventId, resendOf: { $exists: true } })
      .sort({ acceptedAt: 1 })
      .limit(RESENDS_MAX)
      .project<Pick<EventDocument, "decision">>({ "decision.matched.deliveryId": 1 })
      .toArray();
    return found.flatMap(({ decision }) => decision.matched.map(({ deliveryId }) => deliveryId));
  }

  #collection() {
    return this.#store.db.collection<EventDocument>(EVENTS);
  }
}

function toQuery(
  workspaceId: WorkspaceId,
  { eventId, type, status, isOncePerEvent, webhookId, from, to }: EventFilter,
  after: EventPlace | undefined,
): mongo.Filter<EventDocument> {
  const conditions: mongo.Filter<EventDocument>[] = [];
  if (eventId !== undefined) conditions.push(toRecordsOf(workspaceId, eventId));
  if (after) {
    conditions.push({
      $or: [
        { acceptedAt: { $lt: after.acceptedAt } },
        { acceptedAt: after.acceptedAt, _id: { $lt: after.id } },
      ],
    });
  }
  return {
    workspaceId,
    ...(type !== undefined && { type }),
    ...(status !== undefined && { status }),
    ...(isOncePerEvent && { resendOf: { $exists: false }, released: { $exists: false } }),
    ...(webhookId !== undefined && { "decision.matched.webhookId": webhookId }),
    ...((from ?? to) && { acceptedAt: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
    ...(conditions.length > 0 && { $and: conditions }),
  };
}

/** An event's own record and its release are found by key, its resends by index. */
function toRecordsOf(workspaceId: WorkspaceId, eventId: EventId): mongo.Filter<EventDocument> {
  const own = [asRecordId(eventId), toReleaseRecordId(eventId)];
  return {
    $or: [
      { _id: { $in: own.map((recordId) => toEventDocumentId(workspaceId, recordId)) }, eventId },
      { workspaceId, eventId, resendOf: { $exists: true } },
    ],
  };
}
