import type { CampaignId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { ControlPayload } from "../outbox/outbox.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTogether, runTransaction, type Session } from "../transaction.js";
import { writeChanges } from "../write-changes.js";
import { type CampaignDocument, campaignParser, CAMPAIGNS } from "./campaign.js";
import { TOUCHPOINTS, type TouchpointDocument } from "./touchpoint.js";
import { TouchpointWriter } from "./touchpoint-writer.js";

export type CampaignChange =
  | { readonly kind: "changed"; readonly campaign: CampaignDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly version: number };

export type CampaignDeletion =
  /** `controls`: of the webhooks of its touchpoints, to be announced. */
  | { readonly kind: "deleted"; readonly controls: readonly ControlPayload[] }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly version: number }
  /** One of its touchpoints is scheduled or running. */
  | { readonly kind: "in_use" };

/** Campaigns. What is in them are touchpoints, which have a repository of their own. */
export class CampaignRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async create(campaign: CampaignDocument): Promise<void> {
    await runTransaction(this.#store, async (session) => {
      await this.#collection().insertOne(campaign, { session });
      await this.#record(undefined, campaign, session);
    });
  }

  /** Another workspace's is not found. */
  async find(
    workspaceId: WorkspaceId,
    id: CampaignId,
    session?: Session,
  ): Promise<CampaignDocument | undefined> {
    const found = await this.#collection().findOne({ _id: id, workspaceId }, session && { session });
    return found ? campaignParser.parse(found) : undefined;
  }

  async findMany(ids: readonly CampaignId[]): Promise<ReadonlyMap<CampaignId, CampaignDocument>> {
    const found = await this.#collection()
      .find({ _id: { $in: [...new Set(ids)] } })
      .toArray();
    return new Map(found.map((document) => [document._id, campaignParser.parse(document)]));
  }

  /** Oldest first, from after `after`. */
  async list(workspaceId: WorkspaceId, page: Page<CampaignId>): Promise<readonly CampaignDocument[]> {
    const found = await this.#collection()
      .find({ workspaceId, ...(page.after !== undefined && { _id: { $gt: page.after } }) })
      .sort({ _id: 1 })
      .limit(page.limit)
      .toArray();
    return found.map((document) => campaignParser.parse(document));
  }

  /** @param edit runs again when the transaction does: no effects outside */
  async change(
    workspaceId: WorkspaceId,
    id: CampaignId,
    expectedVersion: number | undefined,
    edit: (current: CampaignDocument) => CampaignDocument,
    at: Date,
  ): Promise<CampaignChange> {
    return runTransaction(this.#store, async (session): Promise<CampaignChange> => {
      const current = await this.find(workspaceId, id, session);
      if (!current) return { kind: "not_found" };
      const { version } = current;
      if (expectedVersion !== undefined && expectedVersion !== version) return { kind: "moved", version };
      const campaign = { ...edit(current), version: version + 1, updatedAt: at };
      await writeChanges(this.#collection(), { before: current, after: campaign }, session);
      await this.#record(current, campaign, session);
      return { kind: "changed", campaign };
    });
  }

  /** Deletes a campaign with its touchpoints, unless one of them has something ahead. */
  async delete(
    workspaceId: WorkspaceId,
    id: CampaignId,
    expectedVersion: number | undefined,
    at: Date,
  ): Promise<CampaignDeletion> {
    return runTogether(this.#store, async (session): Promise<CampaignDeletion> => {
      const current = await this.find(workspaceId, id, session);
      if (!current) return { kind: "not_found" };
      const { version } = current;
      if (expectedVersion !== undefined && expectedVersion !== version) return { kind: "moved", version };
      const touchpoints = await this.#store.db
        .collection<TouchpointDocument>(TOUCHPOINTS)
        .find({ campaignId: id }, { session })
        .toArray();
      if (touchpoints.some(({ open }) => open)) return { kind: "in_use" };
      const controls: ControlPayload[] = [];
      const writer = new TouchpointWriter(this.#store);
      for (const touchpoint of touchpoints) {
        controls.push(...(await writer.remove(touchpoint, at, session)));
      }
      await this.#collection().deleteOne({ _id: id }, { session });
      await this.#record(current, undefined, session, at);
      return { kind: "deleted", controls };
    });
  }

  async #record(
    before: CampaignDocument | undefined,
    after: CampaignDocument | undefined,
    session: Session,
    at = after?.updatedAt,
  ): Promise<void> {
    const known = after ?? before;
    if (!known) return;
    const change = { ...(before && { before }), ...(after && { after }) };
    await recordChange(
      this.#store,
      {
        owner: known.workspaceId,
        object: { kind: "campaign", id: known._id },
        ...change,
        at: at ?? known.updatedAt,
      },
      session,
    );
  }

  #collection() {
    return this.#store.db.collection<CampaignDocument>(CAMPAIGNS);
  }
}
