import {
  asRecordId,
  type DeliveryId,
  type EventId,
  toReleaseRecordId,
  type WorkspaceId,
} from "@hooklane/core";
import type { mongo } from "mongoose";
import { readBounded } from "../read-bounded.js";
import type { ResentEvent } from "../resends/resend-order.js";
import type { Store } from "../store.js";
import { EVENTS } from "./event-log.js";
import { readAcceptedAt } from "./delivery-id.js";
import { type EventFilter, type EventPlace, toEventQuery } from "./event-query.js";
import {
  type EventDocument,
  type LoggedEvent,
  resentDeliveryOf,
  toEventDocumentId,
  toLoggedEvent,
  WITHOUT_BYTES,
} from "./logged-event.js";

/** An event of a list, without its bytes. */
export type ListedEvent = Omit<EventDocument, "body" | "sealed">;

/** A page of a list of events. */
export interface EventPage {
  /** May be short, even empty, and still have a next one: looking for what is rare ends after a thousand. */
  readonly data: readonly ListedEvent[];
  /** Where the next page begins; undefined at the end of the list. */
  readonly next: EventPlace | undefined;
}

/** The record a delivery was decided for, and its place among those of that record. */
export interface LocatedDelivery {
  readonly event: ResentEvent;
  readonly ordinal: number;
  /** Of a resend: the delivery it sent once more. */
  readonly resendOf: DeliveryId | undefined;
  readonly isTest: boolean;
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
   * Newest accepted first, from behind `after`. What is read for one page is bounded, whatever there is.
   *
   * @throws the database's error when it did not find them within 5 s
   */
  async list(
    workspaceId: WorkspaceId,
    filter: EventFilter,
    page: { readonly limit: number; readonly after?: EventPlace | undefined },
  ): Promise<EventPage> {
    const { hint, indexed, isWanted } = toEventQuery(workspaceId, filter, page.after);
    const found = this.#collection()
      .find(indexed, hint === undefined ? {} : { hint })
      .sort({ acceptedAt: -1, _id: -1 })
      .project<ListedEvent>(WITHOUT_BYTES);
    const { data, last } = await readBounded(found, page.limit, isWanted);
    return { data, next: last && { acceptedAt: last.acceptedAt, id: last._id } };
  }

  /** The record a delivery was decided for: of those accepted in the millisecond the id begins with. */
  async findByDelivery(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ListedEvent | undefined> {
    const acceptedAt = readAcceptedAt(deliveryId);
    if (!acceptedAt) return undefined;
    const [found] = await this.#collection()
      .find({ workspaceId, acceptedAt, "decision.matched.deliveryId": deliveryId }, { hint: "newest" })
      .limit(1)
      .maxTimeMS(QUERY_LIMIT_MS)
      .project<ListedEvent>(WITHOUT_BYTES)
      .toArray();
    return found;
  }

  /** The record of the resend a delivery comes from; undefined when it is of no resend. */
  async findResend(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<ListedEvent | undefined> {
    const [found] = await this.#collection()
      .find({ workspaceId, "decision.matched.deliveryId": deliveryId, resendOf: { $exists: true } })
      .limit(1)
      .project<ListedEvent>(WITHOUT_BYTES)
      .toArray();
    return found;
  }

  /** As {@link findResend}, with the event as it may be shown. */
  async readResend(workspaceId: WorkspaceId, deliveryId: DeliveryId): Promise<LoggedEvent | undefined> {
    const found = await this.#collection().findOne(
      { workspaceId, "decision.matched.deliveryId": deliveryId, resendOf: { $exists: true } },
      { projection: { sealed: 0 } },
    );
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
      .project<Pick<EventDocument, "decision" | "resendOf" | "isFirst">>({
        "decision.matched.deliveryId": 1,
        resendOf: 1,
        isFirst: 1,
      });
    for await (const event of found) {
      const origin = resentDeliveryOf(event);
      for (const { deliveryId } of event.decision.matched) if (origin) origins.set(deliveryId, origin);
    }
    return origins;
  }

  /**
   * Where deliveries come from, by id: the record each was decided for, without its body. One whose record the log has
   * forgotten is missing.
   */
  async locate(
    workspaceId: WorkspaceId,
    deliveries: readonly { readonly _id: DeliveryId; readonly eventId: EventId }[],
  ): Promise<ReadonlyMap<DeliveryId, LocatedDelivery>> {
    const wanted = new Set(deliveries.map(({ _id }) => _id));
    const recordIds = new Set(
      deliveries.flatMap(({ eventId }) => [asRecordId(eventId), toReleaseRecordId(eventId)]),
    );
    const own = await this.#locateIn({
      _id: { $in: [...recordIds].map((recordId) => toEventDocumentId(workspaceId, recordId)) },
    });
    const missing = [...wanted].filter((id) => !own.has(id));
    if (missing.length === 0) return own;
    const resends = await this.#locateIn({
      workspaceId,
      "decision.matched.deliveryId": { $in: missing },
      resendOf: { $exists: true },
    });
    return new Map([...own, ...resends].filter(([id]) => wanted.has(id)));
  }

  async #locateIn(conditions: mongo.Filter<EventDocument>): Promise<Map<DeliveryId, LocatedDelivery>> {
    const located = new Map<DeliveryId, LocatedDelivery>();
    const found = this.#collection().find(conditions).project<ListedEvent>(WITHOUT_BYTES);
    for await (const event of found) {
      const { workspaceId, eventId, type, source, contactId, position, resendOf, isTest = false } = event;
      const recordId = asRecordId(event._id.slice(workspaceId.length + 1));
      for (const { deliveryId, ordinal } of event.decision.matched) {
        located.set(deliveryId, {
          event: {
            workspaceId,
            recordId,
            eventId,
            type,
            source,
            ...(contactId !== undefined && { contactId }),
            position,
          },
          ordinal,
          resendOf,
          isTest,
        });
      }
    }
    return located;
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
