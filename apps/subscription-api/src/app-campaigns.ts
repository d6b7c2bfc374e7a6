import { createDestinationPolicy } from "@hooklane/core";
import {
  AudienceRepository,
  CampaignRepository,
  EventTypeRepository,
  PlanRepository,
  SegmentRepository,
  type Store,
  TagRepository,
  TouchpointRepository,
  TouchpointWriter,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { calendarOperation } from "./campaigns/calendar-operation.js";
import { campaignOperations } from "./campaigns/campaign-operations.js";
import { touchpointOperations } from "./campaigns/touchpoint-operations.js";
import type { SubscriptionApiConfig } from "./config.js";
import type { Operation } from "./http/operation.js";
import { PlanGate } from "./plans/plan-gate.js";

/** Campaigns, their touchpoints, and the calendar of them (product.md W5). */
export function createCampaignOperations(
  store: Store,
  config: SubscriptionApiConfig,
  now: () => Date,
): readonly Operation[] {
  const campaigns = new CampaignRepository(store);
  const audiences = new AudienceRepository(store);
  const touchpoints = new TouchpointRepository(store);
  const webhooks = new WebhookRepository(store);
  const workspaces = new WorkspaceRepository(store);
  return [
    calendarOperation({ campaigns, touchpoints, webhooks, workspaces }),
    ...campaignOperations({ campaigns, touchpoints, audiences, now }),
    ...touchpointOperations({
      campaigns,
      touchpoints,
      writer: new TouchpointWriter(store),
      webhooks,
      workspaces,
      audiences,
      segments: new SegmentRepository(store),
      tags: new TagRepository(store),
      eventTypes: new EventTypeRepository(store),
      destinations: createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW),
      plans: new PlanGate({ plans: new PlanRepository(store), workspaces, consoleUrl: config.CONSOLE_URL }),
      now,
    }),
  ];
}
