import {
  JOURNEY_POINTS_MAX,
  type JourneyId,
  type WebhookId,
  type WorkspaceId,
  withoutPoint,
} from "@hooklane/core";
import type { EndpointPlace } from "../endpoints/endpoint-repository.js";
import type { ControlPayload } from "../outbox/outbox.js";
import type { Store } from "../store.js";
import { runTogether } from "../transaction.js";
import { type ChangeOutcome, type NewWebhook, WebhookRepository } from "../webhooks/webhook-repository.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { findExpected, journeysOf, NOT_DELETED, replaceJourney } from "./journey-collection.js";

export type PointAddition =
  | { readonly kind: "added"; readonly webhook: WebhookDocument; readonly control: ControlPayload }
  /** The journey has as many as it may. */
  | { readonly kind: "full" }
  | { readonly kind: "not_found" };

/** Points as they come to a journey and leave it. In between they change as every webhook does. */
export class JourneyPoints {
  readonly #store: Store;
  readonly #webhooks: WebhookRepository;

  constructor(store: Store) {
    this.#store = store;
    this.#webhooks = new WebhookRepository(store);
  }

  /** Adds a point to a journey; to an active one as an active point. */
  async add(journeyId: JourneyId, point: NewWebhook, place: EndpointPlace): Promise<PointAddition> {
    const { workspaceId } = point;
    return runTogether(this.#store, async (session): Promise<PointAddition> => {
      const journey = await journeysOf(this.#store).findOneAndUpdate(
        { _id: journeyId, workspaceId, pointCount: { $lt: JOURNEY_POINTS_MAX }, ...NOT_DELETED },
        { $inc: { pointCount: 1, pointsVersion: 1 } },
        { session },
      );
      if (!journey) {
        const found = await findExpected(this.#store, journeyId, { workspaceId }, session);
        return { kind: found.kind === "found" ? "full" : "not_found" };
      }
      const status = journey.status === "active" ? "active" : "inactive";
      const made = await this.#webhooks.create({ ...point, journeyId, status }, place);
      return { kind: "added", ...made };
    });
  }

  /**
   * Deletes a point, and from its journey's map; what is queued for it is cancelled.
   *
   * @returns as `WebhookRepository.delete`; `not_found` for a webhook that is not this journey's point, too
   */
  async delete(
    journeyId: JourneyId,
    pointId: WebhookId,
    expected: { readonly workspaceId: WorkspaceId; readonly version?: number | undefined },
    at: Date,
  ): Promise<ChangeOutcome> {
    const { workspaceId, version } = expected;
    return runTogether(this.#store, async (session): Promise<ChangeOutcome> => {
      const point = await this.#webhooks.find(pointId, session);
      if (point?.journeyId !== journeyId) return { kind: "not_found" };
      const outcome = await this.#webhooks.delete(
        pointId,
        { workspaceId, ...(version !== undefined && { version }) },
        at,
      );
      if (outcome.kind !== "changed") return outcome;
      const found = await findExpected(this.#store, journeyId, { workspaceId }, session);
      if (found.kind !== "found") return outcome;
      const { journey } = found;
      const steps = withoutPoint(journey.steps, pointId);
      if (steps !== journey.steps)
        await replaceJourney(this.#store, journey, { ...journey, steps }, at, session);
      await journeysOf(this.#store).updateOne(
        { _id: journeyId },
        { $inc: { pointCount: -1, pointsVersion: 1 } },
        { session },
      );
      return outcome;
    });
  }
}
