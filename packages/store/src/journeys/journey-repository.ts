import {
  followCommand,
  type JourneyCommand,
  type JourneyId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { type ControlPayload, Outbox } from "../outbox/outbox.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTogether, runTransaction, type Session } from "../transaction.js";
import { isSendable, WebhookRepository } from "../webhooks/webhook-repository.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";
import {
  type ExpectedJourney,
  findExpected,
  type JourneyMiss,
  journeysOf,
  listPointIds,
  NOT_DELETED,
  recordJourney,
  replaceJourney,
} from "./journey-collection.js";
import type { JourneyDocument } from "./journey.js";

export type JourneyEdit<Refusal> =
  | { readonly kind: "change"; readonly journey: JourneyDocument }
  | { readonly kind: "refuse"; readonly refusal: Refusal };

export type JourneyChange<Refusal> =
  | { readonly kind: "changed"; readonly journey: JourneyDocument }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | JourneyMiss;

export type JourneySwitch =
  | {
      /** `unchanged`: the command was carried out before; what is left to announce of that is among `controls`. */
      readonly kind: "changed" | "unchanged";
      readonly journey: JourneyDocument;
      readonly controls: readonly ControlPayload[];
    }
  /** The command does not lead from where the journey is, or there is no point to start from. */
  | { readonly kind: "refused" | "without_points"; readonly journey: JourneyDocument }
  | JourneyMiss;

export type JourneyDeletion =
  { readonly kind: "deleted"; readonly controls: readonly ControlPayload[] } | JourneyMiss;

/** Journeys (product.md W4), and what is done to one together with all its points. */
export class JourneyRepository {
  readonly #store: Store;
  readonly #webhooks: WebhookRepository;
  readonly #outbox: Outbox;

  constructor(store: Store) {
    this.#store = store;
    this.#webhooks = new WebhookRepository(store);
    this.#outbox = new Outbox(store);
  }

  async insert(journey: JourneyDocument): Promise<void> {
    await runTransaction(this.#store, async (session) => {
      await journeysOf(this.#store).insertOne({ ...journey }, { session });
      await recordJourney(this.#store, { after: journey, at: journey.createdAt }, session);
    });
  }

  async find(id: JourneyId, workspaceId: WorkspaceId): Promise<JourneyDocument | undefined> {
    return (await journeysOf(this.#store).findOne({ _id: id, workspaceId, ...NOT_DELETED })) ?? undefined;
  }

  /** Oldest first, from after `after`. */
  async list(workspaceId: WorkspaceId, { after, limit }: Page<JourneyId>): Promise<JourneyDocument[]> {
    return journeysOf(this.#store)
      .find({ workspaceId, ...NOT_DELETED, ...(after !== undefined && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  }

  /**
   * Changes what a user says of a journey.
   *
   * @param edit gets the current state and the ids of its points; runs again when the transaction does. Version and
   *   `updatedAt` are given here
   */
  async change<Refusal>(
    id: JourneyId,
    expected: ExpectedJourney,
    edit: (current: JourneyDocument, points: ReadonlySet<WebhookId>) => JourneyEdit<Refusal>,
    at: Date,
  ): Promise<JourneyChange<Refusal>> {
    return runTransaction(this.#store, async (session): Promise<JourneyChange<Refusal>> => {
      const found = await findExpected(this.#store, id, expected, session);
      if (found.kind !== "found") return found;
      const edited = edit(found.journey, new Set(await listPointIds(this.#store, id, session)));
      if (edited.kind === "refuse") return { kind: "refused", refusal: edited.refusal };
      const journey = await replaceJourney(this.#store, found.journey, edited.journey, at, session);
      return { kind: "changed", journey };
    });
  }

  /**
   * Starts, pauses or resumes a journey and all its points in one transaction. What errors switched off stays off until
   * it is activated; what the plan does not allow is locked.
   *
   * @param recovers of resuming: the points get what they did not get meanwhile, before anything new (D7)
   */
  async switch(
    id: JourneyId,
    expected: ExpectedJourney,
    { command, recovers = false }: { readonly command: JourneyCommand; readonly recovers?: boolean },
    at: Date,
  ): Promise<JourneySwitch> {
    return runTogether(this.#store, async (session): Promise<JourneySwitch> => {
      const found = await findExpected(this.#store, id, expected, session);
      if (found.kind !== "found") return found;
      const { journey } = found;
      const next = followCommand(journey.status, command);
      if (next.kind === "refused") return { kind: "refused", journey };
      if (next.kind === "changed" && command === "start" && journey.pointCount === 0)
        return { kind: "without_points", journey };
      if (next.kind === "unchanged") {
        const controls = await this.#eachPoint(id, () => undefined, at, session);
        return { kind: "unchanged", journey, controls };
      }
      const edit = command === "pause" ? switchedOff : switchedOn(recovers);
      const wanted = { ...journey, status: next.status };
      return {
        kind: "changed",
        journey: await replaceJourney(this.#store, journey, wanted, at, session),
        controls: await this.#eachPoint(id, edit, at, session),
      };
    });
  }

  /**
   * Deletes a journey with its points; what is queued for them is cancelled by those who hold it. One that is deleted is
   * answered alike, with what is left to announce of that.
   */
  async delete(id: JourneyId, expected: ExpectedJourney, at: Date): Promise<JourneyDeletion> {
    return runTogether(this.#store, async (session): Promise<JourneyDeletion> => {
      const found = await findExpected(this.#store, id, expected, session);
      if (found.kind === "not_found") return this.#deleteAgain(id, expected.workspaceId, session);
      if (found.kind === "moved") return found;
      await journeysOf(this.#store).updateOne({ _id: id }, { $set: { deletedAt: at } }, { session });
      await recordJourney(this.#store, { before: found.journey, at }, session);
      const remove = (point: WebhookDocument) => ({ ...point, deletedAt: at });
      return { kind: "deleted", controls: await this.#eachPoint(id, remove, at, session) };
    });
  }

  async #deleteAgain(id: JourneyId, workspaceId: WorkspaceId, session: Session): Promise<JourneyDeletion> {
    const gone = await journeysOf(this.#store).findOne({ _id: id, workspaceId }, { session });
    if (!gone) return { kind: "not_found" };
    const points = await this.#store.db
      .collection<WebhookDocument>(WEBHOOKS)
      .find({ journeyId: id }, { session, projection: { _id: 1, version: 1 } })
      .toArray();
    return { kind: "deleted", controls: await this.#outbox.listOpenControls(points) };
  }

  /**
   * Runs `work` in a transaction at whose end the journey is still active.
   *
   * @returns undefined when it is not
   */
  async whileActive<T>(id: JourneyId, work: () => Promise<T>): Promise<T | undefined> {
    return runTogether(this.#store, async (session) => {
      const { matchedCount } = await journeysOf(this.#store).updateOne(
        { _id: id, status: "active", ...NOT_DELETED },
        { $inc: { pointsVersion: 1 } },
        { session },
      );
      return matchedCount === 0 ? undefined : work();
    });
  }

  /**
   * @param edit the point's new state; undefined: it stays, and what is left to announce of it is announced
   * @returns what is to be announced, in the points' order
   */
  async #eachPoint(
    id: JourneyId,
    edit: (point: WebhookDocument) => WebhookDocument | undefined,
    at: Date,
    session: Session,
  ): Promise<readonly ControlPayload[]> {
    const controls: ControlPayload[] = [];
    for (const point of await listPointIds(this.#store, id, session)) {
      const change = (current: WebhookDocument) => {
        const webhook = edit(current);
        return webhook && { webhook };
      };
      const outcome = await this.#webhooks.change(point, {}, change, at);
      if ((outcome.kind === "changed" || outcome.kind === "unchanged") && outcome.control)
        controls.push(outcome.control);
    }
    return controls;
  }
}

/** One the plan has locked is off like the others: an upgrade would bring it back, though its journey is paused. */
const switchedOff = (point: WebhookDocument): WebhookDocument | undefined =>
  isSendable(point.status) || point.status === "plan_locked" ? { ...point, status: "inactive" } : undefined;

const switchedOn =
  (recovers: boolean) =>
  (point: WebhookDocument): WebhookDocument | undefined =>
    point.status === "inactive" ? { ...point, status: recovers ? "recovering" : "active" } : undefined;
