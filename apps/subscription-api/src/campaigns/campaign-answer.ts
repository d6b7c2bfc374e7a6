import type { CampaignAnswer } from "@hooklane/contracts";
import type { CampaignDocument } from "@hooklane/store";
import { ok, toEtag } from "../http/answer.js";

export const toCampaignAnswer = (campaign: CampaignDocument): CampaignAnswer => ({
  id: campaign._id,
  name: campaign.name,
  audienceId: campaign.audienceId,
  ...(campaign.goal !== undefined && { goal: campaign.goal }),
  touchpointCount: campaign.touchpoints,
  version: campaign.version,
  createdAt: campaign.createdAt.toISOString(),
  updatedAt: campaign.updatedAt.toISOString(),
});

export const shownCampaign = (campaign: CampaignDocument, answer = ok) =>
  answer(toCampaignAnswer(campaign), { etag: toEtag(campaign.version) });
