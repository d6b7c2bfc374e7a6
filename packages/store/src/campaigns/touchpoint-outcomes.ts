import {
  asContactId,
  type ContactId,
  type DeliveryId,
  type DeliveryStatus,
  type EnteredContact,
  toTouchpointRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { DELIVERIES, type DeliveryDocument } from "../delivery-log/delivery-document.js";
import { EVENTS } from "../event-log/event-log.js";
import { type EventDocument, toEventDocumentId } from "../event-log/logged-event.js";
import type { Store } from "../store.js";

interface Entered {
  readonly workspaceId: WorkspaceId;
  readonly touchpointId: WebhookId;
}

const majority = { readConcern: { level: "majority" }, readPreference: "primary" } as const;

/**
 * What became of the contacts of a touchpoint, by the ids their records have: each stands in the event log once, next to
 * the others, in the order they entered. Resends and tests have other ids, so they do not count.
 */
export class TouchpointOutcomes {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Which of these the router has come to. */
  async findRouted(
    { workspaceId, touchpointId }: Entered,
    contactIds: readonly ContactId[],
  ): Promise<ReadonlySet<ContactId>> {
    const prefix = toPrefix({ workspaceId, touchpointId });
    const found = await this.#events()
      .find(
        { _id: { $in: contactIds.map((id) => `${prefix}${id}`) } },
        { ...majority, projection: { _id: 1 } },
      )
      .toArray();
    return new Set(found.map(({ _id }) => asContactId(_id.slice(prefix.length))));
  }

  /** Those that entered behind `after` up to `through`, in order, with what the logs say of them. */
  async list(
    entered: Entered,
    range: { readonly after: ContactId | undefined; readonly through: ContactId },
    limit: number,
  ): Promise<readonly EnteredContact[]> {
    const prefix = toPrefix(entered);
    const found = await this.#events()
      .find({ _id: { $gt: `${prefix}${range.after ?? ""}`, $lte: `${prefix}${range.through}` } }, majority)
      .sort({ _id: 1 })
      .limit(limit)
      .project<Pick<EventDocument, "_id" | "decision">>({ "decision.matched.deliveryId": 1 })
      .toArray();
    const decided = found.map(({ _id, decision: { matched } }) => ({
      id: asContactId(_id.slice(prefix.length)),
      deliveryId: matched[0]?.deliveryId,
    }));
    const statuses = await this.#readStatuses(decided.flatMap(({ deliveryId }) => deliveryId ?? []));
    return decided.map(({ id, deliveryId }) => ({
      id,
      outcome: deliveryId === undefined ? "unmatched" : (statuses.get(deliveryId) ?? "pending"),
    }));
  }

  async #readStatuses(ids: readonly DeliveryId[]): Promise<ReadonlyMap<DeliveryId, DeliveryStatus>> {
    if (ids.length === 0) return new Map();
    const found = await this.#store.db
      .collection<DeliveryDocument>(DELIVERIES)
      .find({ _id: { $in: [...ids] } }, majority)
      .project<Pick<DeliveryDocument, "_id" | "status">>({ status: 1 })
      .toArray();
    return new Map(found.map(({ _id, status }) => [_id, status]));
  }

  #events() {
    return this.#store.db.collection<EventDocument>(EVENTS);
  }
}

/** What the ids of a touchpoint's records in the event log begin with; the contact's follows. */
const toPrefix = ({ workspaceId, touchpointId }: Entered): string =>
  toEventDocumentId(workspaceId, toTouchpointRecordId(touchpointId, asContactId("")));
