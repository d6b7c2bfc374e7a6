import {
  type CampaignId,
  decideTouchpointCall,
  type TouchpointCall,
  type TouchpointCallOutcome,
  type TouchpointStatus,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { EndpointPlace } from "../endpoints/endpoint-repository.js";
import { type ControlPayload, Outbox } from "../outbox/outbox.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { runTogether, type Session } from "../transaction.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { type NewWebhook, type WebhookEdit, WebhookRepository } from "../webhooks/webhook-repository.js";
import { writeChanges } from "../write-changes.js";
import { type CampaignDocument, CAMPAIGNS, TOUCHPOINTS_MAX } from "./campaign.js";
import { TOUCHPOINT_SNAPSHOTS, type TouchpointSnapshotDocument } from "./membership.js";
import {
  type TouchpointDocument,
  touchpointParser,
  TOUCHPOINTS,
  type TouchpointTarget,
  type TouchpointTime,
} from "./touchpoint.js";

/** A touchpoint to be made; it is scheduled when its webhook is made active, and a draft otherwise. */
export interface NewTouchpoint {
  readonly campaignId: CampaignId;
  readonly target: TouchpointTarget;
  readonly time: TouchpointTime;
}

/** Which one is meant, as the caller knows it. */
export interface TouchpointKey {
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly id: WebhookId;
  /** Its webhook's; absent: whatever it is. */
  readonly version?: number | undefined;
}

/** A touchpoint with the webhook it is. */
export interface StoredTouchpoint {
  readonly touchpoint: TouchpointDocument;
  readonly webhook: WebhookDocument;
}

/** What a call makes of one; what is absent stays. */
export interface TouchpointEdit {
  readonly target?: TouchpointTarget;
  readonly time?: TouchpointTime;
  readonly webhook?: WebhookEdit;
}

export type TouchpointOutcome =
  /** `controls`: to be announced. */
  | ({ readonly kind: "done"; readonly controls: readonly ControlPayload[] } & StoredTouchpoint)
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly version: number }
  | Extract<TouchpointCallOutcome, { kind: "refused" }>
  /** The time it is to be scheduled for has come. */
  | { readonly kind: "past" }
  | { readonly kind: "too_many" };

/**
 * Makes and changes touchpoints: each with its webhook, and with what contact writes look at from the due time on, in one
 * transaction. The database's clock decides whether one is due: a change and the start of its run exclude each other.
 */
export class TouchpointWriter {
  readonly #store: Store;
  readonly #webhooks: WebhookRepository;

  constructor(store: Store) {
    this.#store = store;
    this.#webhooks = new WebhookRepository(store);
  }

  async create(
    { campaignId, target, time }: NewTouchpoint,
    webhook: NewWebhook,
    place: EndpointPlace,
  ): Promise<TouchpointOutcome> {
    const { _id, workspaceId, createdAt } = webhook;
    const status: TouchpointStatus = webhook.status === "active" ? "scheduled" : "draft";
    return retryDuplicateKey(() =>
      runTogether(this.#store, async (session): Promise<TouchpointOutcome> => {
        const campaign = await this.#readCampaign(workspaceId, campaignId, session);
        if (!campaign) return { kind: "not_found" };
        if (campaign.touchpoints >= TOUCHPOINTS_MAX) return { kind: "too_many" };
        if (status === "scheduled" && time.dueAt <= campaign.now) return { kind: "past" };
        await this.#count(campaignId, 1, session);
        const made = await this.#webhooks.create(webhook, place);
        const touchpoint: TouchpointDocument = {
          _id,
          workspaceId,
          campaignId,
          ...target,
          ...time,
          status,
          ...(status === "scheduled" && { open: true }),
          createdAt,
          updatedAt: createdAt,
        };
        await this.#collection().insertOne(touchpoint, { session });
        await this.#keepSnapshot(touchpoint, session);
        await this.#record(undefined, touchpoint, createdAt, session);
        return { kind: "done", touchpoint, webhook: made.webhook, controls: [made.control] };
      }),
    );
  }

  /**
   * Carries out a call but `delete`, if its state allows it. `schedule` switches the webhook on, `cancel` off.
   *
   * @param edit of the current state; runs again when the transaction does: no effects outside
   */
  async change(
    key: TouchpointKey,
    call: Exclude<TouchpointCall, "delete">,
    edit: (current: StoredTouchpoint) => TouchpointEdit,
    at: Date,
  ): Promise<TouchpointOutcome> {
    return retryDuplicateKey(() =>
      runTogether(this.#store, async (session): Promise<TouchpointOutcome> => {
        const found = await this.#find(key, session);
        if (!found) return { kind: "not_found" };
        const { touchpoint: before, webhook, now } = found;
        // A call that was carried out and is repeated is answered alike, whatever version it expected.
        const { status } = before;
        const decision = decideTouchpointCall(call, { status, isDue: before.dueAt <= now });
        if (decision.kind === "nothing") {
          const control = await new Outbox(this.#store).findOpenControl(webhook._id, webhook.version);
          return { kind: "done", touchpoint: before, webhook, controls: control ? [control] : [] };
        }
        if (key.version !== undefined && key.version !== webhook.version)
          return { kind: "moved", version: webhook.version };
        if (decision.kind === "refused") return decision;
        const edited = edit({ touchpoint: before, webhook });
        const touchpoint = changed(before, call, edited, at);
        if (touchpoint.status === "scheduled" && touchpoint.dueAt <= now) return { kind: "past" };
        await writeChanges(this.#collection(), { before, after: touchpoint }, session);
        await this.#keepSnapshot(touchpoint, session);
        await this.#record(before, touchpoint, at, session);
        return this.#changeWebhook(touchpoint, call, edited.webhook, at);
      }),
    );
  }

  /** Deletes one; what is queued for it is cancelled. One that is deleted is `not_found`. */
  async delete(key: TouchpointKey, at: Date): Promise<TouchpointOutcome> {
    return runTogether(this.#store, async (session): Promise<TouchpointOutcome> => {
      const found = await this.#find(key, session);
      if (!found) return { kind: "not_found" };
      const { touchpoint, webhook } = found;
      if (key.version !== undefined && key.version !== webhook.version)
        return { kind: "moved", version: webhook.version };
      const controls = await this.remove(touchpoint, at, session);
      await this.#count(key.campaignId, -1, session);
      return { kind: "done", touchpoint, webhook, controls };
    });
  }

  /** Takes one away with its webhook, as a part of a transaction (`runTogether`). */
  async remove(
    touchpoint: TouchpointDocument,
    at: Date,
    session: Session,
  ): Promise<readonly ControlPayload[]> {
    await this.#collection().deleteOne({ _id: touchpoint._id }, { session });
    await this.#snapshots().deleteOne({ _id: touchpoint._id }, { session });
    await this.#record(touchpoint, undefined, at, session);
    const outcome = await this.#webhooks.delete(touchpoint._id, {}, at);
    return "control" in outcome && outcome.control ? [outcome.control] : [];
  }

  async #changeWebhook(
    touchpoint: TouchpointDocument,
    call: TouchpointCall,
    edit: WebhookEdit | undefined,
    at: Date,
  ): Promise<TouchpointOutcome> {
    const outcome = await this.#webhooks.change(
      touchpoint._id,
      {},
      (current) => {
        const wanted = edit ?? { webhook: current };
        const { disabled: _, ...webhook } = wanted.webhook;
        if (call === "schedule") return { ...wanted, webhook: { ...webhook, status: "active" } };
        if (call === "cancel") return { ...wanted, webhook: { ...webhook, status: "inactive" } };
        return wanted;
      },
      at,
    );
    if (outcome.kind !== "changed") return { kind: "not_found" };
    return { kind: "done", touchpoint, webhook: outcome.webhook, controls: [outcome.control] };
  }

  async #find(
    { workspaceId, campaignId, id }: TouchpointKey,
    session: Session,
  ): Promise<(StoredTouchpoint & { readonly now: Date }) | undefined> {
    const [found] = await this.#collection()
      .aggregate<TouchpointDocument & { readonly now: Date }>(
        [{ $match: { _id: id, workspaceId, campaignId } }, { $set: { now: "$$NOW" } }],
        { session },
      )
      .toArray();
    const webhook = found && (await this.#webhooks.find(id, session));
    if (!found || !webhook || webhook.deletedAt) return undefined;
    return { touchpoint: touchpointParser.parse(found), webhook, now: found.now };
  }

  async #readCampaign(
    workspaceId: WorkspaceId,
    campaignId: CampaignId,
    session: Session,
  ): Promise<{ readonly touchpoints: number; readonly now: Date } | undefined> {
    const [found] = await this.#campaigns()
      .aggregate<{ readonly touchpoints: number; readonly now: Date }>(
        [{ $match: { _id: campaignId, workspaceId } }, { $project: { touchpoints: 1, now: "$$NOW" } }],
        { session },
      )
      .toArray();
    return found;
  }

  /** Also has a campaign that is deleted at the same time conflict with it. */
  async #count(campaignId: CampaignId, by: 1 | -1, session: Session): Promise<void> {
    await this.#campaigns().updateOne({ _id: campaignId }, { $inc: { touchpoints: by } }, { session });
  }

  /** Contact writes look at it from the due time on, whether or not anybody runs the touchpoint then. */
  async #keepSnapshot(
    { _id, workspaceId, audienceId, dueAt, status }: TouchpointDocument,
    session: Session,
  ): Promise<void> {
    if (status === "scheduled") {
      const snapshot = { workspaceId, audienceId, dueAt, open: true } as const;
      await this.#snapshots().replaceOne({ _id }, snapshot, { session, upsert: true });
    } else {
      await this.#snapshots().deleteOne({ _id }, { session });
    }
  }

  async #record(
    before: TouchpointDocument | undefined,
    after: TouchpointDocument | undefined,
    at: Date,
    session: Session,
  ): Promise<void> {
    const known = after ?? before;
    if (!known) return;
    await recordChange(
      this.#store,
      {
        owner: known.workspaceId,
        object: { kind: "touchpoint", id: known._id },
        ...(before && { before: withoutWork(before) }),
        ...(after && { after: withoutWork(after) }),
        at,
      },
      session,
    );
  }

  #campaigns() {
    return this.#store.db.collection<CampaignDocument>(CAMPAIGNS);
  }

  #snapshots() {
    return this.#store.db.collection<TouchpointSnapshotDocument>(TOUCHPOINT_SNAPSHOTS);
  }

  #collection() {
    return this.#store.db.collection<TouchpointDocument>(TOUCHPOINTS);
  }
}

/** How far it is changes all the time and is no change by anybody. */
const withoutWork = ({ lease: _, open: __, run: ___, ...touchpoint }: TouchpointDocument) => touchpoint;

/** What a call leads to. */
function changed(
  before: TouchpointDocument,
  call: TouchpointCall,
  { target, time }: TouchpointEdit,
  at: Date,
): TouchpointDocument {
  const { segmentId, tag, clockChange, open: _, ...rest } = before;
  const { audienceId, date, time: clock, timeZone, dueAt } = before;
  const edited = {
    ...rest,
    ...(target ?? { audienceId, ...(segmentId && { segmentId }), ...(tag !== undefined && { tag }) }),
    ...(time ?? { date, time: clock, timeZone, dueAt, ...(clockChange && { clockChange }) }),
    updatedAt: at,
  };
  switch (call) {
    case "schedule":
      return { ...edited, status: "scheduled", open: true };
    case "cancel":
      return { ...edited, status: "cancelled", cancelReason: "by_call", finishedAt: at };
    default:
      return { ...edited, ...(before.status === "scheduled" && { open: true }) };
  }
}
