import type {
  AudienceRepository,
  CampaignRepository,
  TouchpointRepository,
  TouchpointWriter,
  WebhookRepository,
} from "@hooklane/store";
import type { TriggeredWebhookOptions } from "../webhooks/triggered-webhook.js";
import type { TouchpointPlanOptions } from "./touchpoint-plan.js";

export interface TouchpointOperationsOptions extends TriggeredWebhookOptions, TouchpointPlanOptions {
  readonly audiences: Pick<AudienceRepository, "find">;
  readonly campaigns: Pick<CampaignRepository, "find">;
  readonly touchpoints: TouchpointRepository;
  readonly writer: TouchpointWriter;
  readonly webhooks: WebhookRepository;
}
