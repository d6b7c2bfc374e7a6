import type { CampaignAnswer } from "@hooklane/contracts";
import type { CampaignDocument, StatusCounts, TouchpointRepository } from "@hooklane/store";
import { ok, toEtag } from "../http/answer.js";

/** A campaign with how its touchpoints stand. */
export interface StoredCampaign {
  readonly campaign: CampaignDocument;
  readonly statuses: StatusCounts;
}

type Statuses = Pick<TouchpointRepository, "countStatuses">;

export async function withStatuses(
  touchpoints: Statuses,
  campaigns: readonly CampaignDocument[],
): Promise<readonly StoredCampaign[]> {
  const counts = await touchpoints.countStatuses(campaigns.map(({ _id }) => _id));
  return campaigns.map((campaign) => ({ campaign, statuses: counts.get(campaign._id) ?? {} }));
}

export const toCampaignAnswer = ({ campaign, statuses }: StoredCampaign): CampaignAnswer => ({
  id: campaign._id,
  name: campaign.name,
  audienceId: campaign.audienceId,
  ...(campaign.goal !== undefined && { goal: campaign.goal }),
  touchpointCount: campaign.touchpoints,
  touchpointStatuses: { draft: 0, scheduled: 0, running: 0, completed: 0, cancelled: 0, ...statuses },
  version: campaign.version,
  createdAt: campaign.createdAt.toISOString(),
  updatedAt: campaign.updatedAt.toISOString(),
});

/** @param touchpoints where those of the campaign are counted */
export async function readShown(touchpoints: Statuses, campaign: CampaignDocument) {
  const counts = await touchpoints.countStatuses([campaign._id]);
  return shownCampaign({ campaign, statuses: counts.get(campaign._id) ?? {} });
}

export const shownCampaign = (stored: StoredCampaign, answer = ok) =>
  answer(toCampaignAnswer(stored), { etag: toEtag(stored.campaign.version) });
