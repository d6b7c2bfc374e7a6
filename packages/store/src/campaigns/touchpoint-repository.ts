import type { CampaignId, TouchpointStatus, WebhookId, WorkspaceId } from "@hooklane/core";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { type TouchpointDocument, touchpointParser, TOUCHPOINTS } from "./touchpoint.js";

/** A place in a calendar: everything behind it has a larger (dueAt, id). */
export interface CalendarPlace {
  readonly dueAt: Date;
  readonly id: WebhookId;
}

/** Of a status that is not there, there are none. */
export type StatusCounts = Readonly<Partial<Record<TouchpointStatus, number>>>;

const QUERY_LIMIT_MS = 5_000;

/** Touchpoints to be read; `TouchpointWriter` and `TouchpointRuns` write them. */
export class TouchpointRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Another workspace's, or another campaign's, is not found. */
  async find(
    workspaceId: WorkspaceId,
    campaignId: CampaignId,
    id: WebhookId,
  ): Promise<TouchpointDocument | undefined> {
    const found = await this.#collection().findOne({ _id: id, workspaceId, campaignId });
    return found ? touchpointParser.parse(found) : undefined;
  }

  /** Of a campaign, oldest first, from after `after`. */
  async list(campaignId: CampaignId, page: Page<WebhookId>): Promise<readonly TouchpointDocument[]> {
    const found = await this.#collection()
      .find({ campaignId, ...(page.after !== undefined && { _id: { $gt: page.after } }) })
      .sort({ _id: 1 })
      .limit(page.limit)
      .toArray();
    return found.map((document) => touchpointParser.parse(document));
  }

  /** How many touchpoints campaigns have in each status; of none there is no entry. */
  async countStatuses(campaignIds: readonly CampaignId[]): Promise<ReadonlyMap<CampaignId, StatusCounts>> {
    const found = await this.#collection()
      .aggregate<{
        readonly _id: { readonly campaignId: CampaignId; readonly status: TouchpointStatus };
        readonly count: number;
      }>(
        [
          { $match: { campaignId: { $in: [...campaignIds] } } },
          { $group: { _id: { campaignId: "$campaignId", status: "$status" }, count: { $sum: 1 } } },
        ],
        { maxTimeMS: QUERY_LIMIT_MS },
      )
      .toArray();
    const counts = new Map<CampaignId, StatusCounts>();
    for (const { _id, count } of found)
      counts.set(_id.campaignId, { ...counts.get(_id.campaignId), [_id.status]: count });
    return counts;
  }

  /** Of a workspace by their time: at or after `from`, before `to`. */
  async calendar(
    workspaceId: WorkspaceId,
    range: { readonly from: Date; readonly to: Date },
    page: { readonly limit: number; readonly after?: CalendarPlace | undefined },
  ): Promise<readonly TouchpointDocument[]> {
    const { after } = page;
    const from = after && after.dueAt > range.from ? after.dueAt : range.from;
    const found = await this.#collection()
      .find({
        workspaceId,
        // Bounds for the index, and what of the place's own moment is left.
        dueAt: { $gte: from, $lt: range.to },
        ...(after && {
          $or: [{ dueAt: { $gt: after.dueAt } }, { dueAt: after.dueAt, _id: { $gt: after.id } }],
        }),
      })
      .sort({ dueAt: 1, _id: 1 })
      .hint("calendar")
      .limit(page.limit)
      .maxTimeMS(QUERY_LIMIT_MS)
      .toArray();
    return found.map((document) => touchpointParser.parse(document));
  }

  #collection() {
    return this.#store.db.collection<TouchpointDocument>(TOUCHPOINTS);
  }
}
