import {
  asApiKeyId,
  asAudienceId,
  asCampaignId,
  asEndpointId,
  asJourneyId,
  asSegmentId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { uuidv7 } from "uuidv7";

/** Ids grow with time, so that lists by id are lists by age. */
const unique = (): string => uuidv7().replaceAll("-", "");

export const newWorkspaceId = () => asWorkspaceId(`ws_${unique()}`);
export const newApiKeyId = () => asApiKeyId(`key_${unique()}`);
export const newWebhookId = () => asWebhookId(`wh_${unique()}`);
export const newEndpointId = () => asEndpointId(`ep_${unique()}`);
export const newAudienceId = () => asAudienceId(`au_${unique()}`);
export const newSegmentId = () => asSegmentId(`seg_${unique()}`);
export const newJourneyId = () => asJourneyId(`jn_${unique()}`);
export const newCampaignId = () => asCampaignId(`cp_${unique()}`);
export const newJobId = () => `job_${unique()}`;
