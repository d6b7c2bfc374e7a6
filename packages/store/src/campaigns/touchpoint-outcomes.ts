import {
  asContactId,
  asRecordId,
  type ContactId,
  type DeliveryId,
  type DeliveryStatus,
  type EnteredContact,
  outcomeOf,
  toResendRecordId,
  type TouchpointEvent,
  toTouchpointRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { DELIVERIES, type DeliveryDocument } from "../delivery-log/delivery-document.js";
import { toDeliveryId } from "../event-log/delivery-id.js";
import { EVENTS } from "../event-log/event-log.js";
import { type EventDocument, toEventDocumentId } from "../event-log/logged-event.js";
import { toRecoveryId } from "../recoveries/recovery-id.js";
import { RECOVERIES, type RecoveryDocument } from "../recoveries/recovery.js";
import type { Store } from "../store.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";

interface Entered {
  readonly workspaceId: WorkspaceId;
  readonly touchpointId: WebhookId;
}

/** A webhook as far as its recoveries matter. */
type Recovering = Pick<WebhookDocument, "status" | "generation" | "owedSince">;

/** What was decided for a contact. */
interface Decided {
  readonly id: ContactId;
  /** The one that was decided; of an event that was not, the one it would have been. */
  readonly deliveryId: DeliveryId;
  readonly isMatched: boolean;
  /** Of the webhook when it got it or should have; undefined: it was not for it. */
  readonly generation: number | undefined;
}

const majority = { readConcern: { level: "majority" }, readPreference: "primary" } as const;

/**
 * What became of the contacts of a touchpoint, by the ids their records have: each stands in the event log once, next to
 * the others, in the order they entered. Resends and tests have other ids, so they do not count; those by which a
 * recovery sends what was skipped or owed have ids made of both, and do.
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

  /** Of the touchpoint's webhook. */
  async readGeneration(touchpointId: WebhookId): Promise<number | undefined> {
    return (await this.#readWebhook(touchpointId))?.generation;
  }

  /** Those that entered behind `after` up to `through`, in order, with what the logs say of them. */
  async list(
    entered: Entered,
    range: { readonly after: ContactId | undefined; readonly through: ContactId },
    limit: number,
  ): Promise<readonly EnteredContact[]> {
    const decided = await this.#listDecided(entered, range, limit);
    // In this order: of a recovery that is over by then, all it sends is in the log.
    const webhook = await this.#readWebhook(entered.touchpointId);
    const statuses = await this.#readStatuses(
      decided.flatMap(({ isMatched, deliveryId }) => (isMatched ? [deliveryId] : [])),
    );
    const ownOf = ({ isMatched, deliveryId }: Decided): TouchpointEvent["own"] =>
      isMatched ? (statuses.get(deliveryId) ?? "pending") : "unmatched";
    const missed = decided.filter((one) => ownOf(one) === "skipped" || ownOf(one) === "unmatched");
    const recovered = await this.#readRecovered(entered, missed, webhook);
    return decided.map((one) => {
      const { id, generation: owedIn, deliveryId } = one;
      const event = { own: ownOf(one), owedIn, recovered: recovered.get(deliveryId) ?? [] };
      return { id, outcome: outcomeOf(event, webhook) };
    });
  }

  async #listDecided(
    { workspaceId, touchpointId }: Entered,
    range: { readonly after: ContactId | undefined; readonly through: ContactId },
    limit: number,
  ): Promise<readonly Decided[]> {
    const prefix = toPrefix({ workspaceId, touchpointId });
    const found = await this.#events()
      .find({ _id: { $gt: `${prefix}${range.after ?? ""}`, $lte: `${prefix}${range.through}` } }, majority)
      .sort({ _id: 1 })
      .limit(limit)
      .project<Pick<EventDocument, "_id" | "acceptedAt" | "decision" | "owed">>({
        acceptedAt: 1,
        "decision.matched": 1,
        owed: 1,
      })
      .toArray();
    return found.map(({ _id, acceptedAt, decision: { matched }, owed }) => {
      const recordId = asRecordId(_id.slice(workspaceId.length + 1));
      const [own] = matched;
      const would = { workspaceId, recordId, acceptedAt: acceptedAt.getTime() };
      return {
        id: asContactId(_id.slice(prefix.length)),
        deliveryId: own?.deliveryId ?? toDeliveryId(would, touchpointId),
        isMatched: own !== undefined,
        generation: own?.generation ?? owed?.find(({ webhookId }) => webhookId === touchpointId)?.generation,
      };
    });
  }

  /** @returns what recoveries made of the deliveries that were missed, by those */
  async #readRecovered(
    { workspaceId, touchpointId }: Entered,
    missed: readonly Decided[],
    webhook: Recovering | undefined,
  ): Promise<ReadonlyMap<DeliveryId, readonly DeliveryStatus[]>> {
    const since = missed.flatMap(({ generation }) => generation ?? []);
    const recoveries = await this.#listRecoveries(touchpointId, Math.min(...since), webhook?.generation ?? 0);
    const origins = new Map(
      recoveries.flatMap((recovery) =>
        missed.map(({ deliveryId }) => {
          const recordId = toResendRecordId(recovery, deliveryId);
          return [toEventDocumentId(workspaceId, recordId), deliveryId] as const;
        }),
      ),
    );
    if (origins.size === 0) return new Map();
    const found = await this.#events()
      .find({ _id: { $in: [...origins.keys()] } }, majority)
      .project<Pick<EventDocument, "_id" | "decision">>({ "decision.matched.deliveryId": 1 })
      .toArray();
    const sent = found.flatMap(({ _id, decision: { matched } }) =>
      matched.map(({ deliveryId }) => ({ deliveryId, origin: origins.get(_id) })),
    );
    const statuses = await this.#readStatuses(sent.map(({ deliveryId }) => deliveryId));
    const recovered = new Map<DeliveryId, DeliveryStatus[]>();
    for (const { deliveryId, origin } of sent) {
      if (origin === undefined) continue;
      recovered.set(origin, [...(recovered.get(origin) ?? []), statuses.get(deliveryId) ?? "pending"]);
    }
    return recovered;
  }

  /** The recoveries the webhook had from one generation to another: few, as each begins with a disablement. */
  async #listRecoveries(touchpointId: WebhookId, from: number, to: number): Promise<readonly string[]> {
    if (from > to) return [];
    const ids = Array.from({ length: to - from + 1 }, (_, n) => toRecoveryId(touchpointId, from + n));
    const found = await this.#store.db
      .collection<RecoveryDocument>(RECOVERIES)
      .find({ _id: { $in: ids } }, majority)
      .project<Pick<RecoveryDocument, "_id">>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  async #readWebhook(id: WebhookId): Promise<Recovering | undefined> {
    const found = await this.#store.db
      .collection<WebhookDocument>(WEBHOOKS)
      .findOne(
        { _id: id },
        { ...majority, projection: { status: 1, generation: 1, owedSince: 1, deletedAt: 1 } },
      );
    return found && !found.deletedAt ? found : undefined;
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
