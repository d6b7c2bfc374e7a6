import { createDestinationPolicy } from "@hooklane/core";
import {
  ApiKeyRepository,
  AudienceRepository,
  AuditLog,
  ContactImportRepository,
  DeliveryLog,
  DeliveryStatisticsReader,
  DeliveryWalk,
  EndpointQueueReader,
  EndpointRepository,
  ErrorCountReader,
  EventLog,
  EventReader,
  EventTypeRepository,
  JobRepository,
  JourneyRepository,
  OwedEvents,
  RecoveryRepository,
  PlanRepository,
  ResendRequests,
  RollupReader,
  ScheduledEvents,
  type Store,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { uuidv7 } from "uuidv7";
import { apiKeyOperations } from "./api-keys/api-key-operations.js";
import { auditOperations } from "./audit-log/audit-operations.js";
import { createJourneyOperations } from "./app-journeys.js";
import { createAudienceOperations } from "./app-audiences.js";
import { createCampaignOperations } from "./app-campaigns.js";
import type { SubscriptionApiConfig } from "./config.js";
import { DeliveryFinder } from "./deliveries/delivery-finder.js";
import { deliveryOperations } from "./deliveries/delivery-operations.js";
import { eventOperations } from "./event-log/event-operations.js";
import { eventTypeOperations } from "./event-types/event-type-operations.js";
import { filterOperations } from "./filters/filter-operations.js";
import { healthOperations } from "./health/health-operations.js";
import type { Operation } from "./http/operation.js";
import { jobOperations } from "./jobs/job-operations.js";
import { listPlans } from "./plans/list-plans.js";
import { PlanGate } from "./plans/plan-gate.js";
import { planOperations } from "./plans/plan-operations.js";
import { workspacePlanOperation } from "./plans/workspace-plan-operation.js";
import { previewOperations } from "./previews/preview-operations.js";
import { webhookSeriesOperation } from "./request-stats/webhook-series-operation.js";
import { workspaceStatsOperation } from "./request-stats/workspace-stats-operation.js";
import { resendManyOperation } from "./resends/resend-many-operation.js";
import { resendOperations } from "./resends/resend-operations.js";
import { ResendPlanner } from "./resends/resend-planner.js";
import { newJobId } from "./ids.js";
import { scheduledEventOperations } from "./scheduled-events/scheduled-event-operations.js";
import { testOperation } from "./test-events/test-operation.js";
import { webhookStatsOperation } from "./webhook-stats/webhook-stats-operation.js";
import { webhookOperations } from "./webhooks/webhook-operations.js";
import { operatorOperations } from "./workspaces/operator-operations.js";
import { workspaceOperations } from "./workspaces/workspace-operations.js";

/** Every operation but the stream. What they do, they do by repositories: neither broker nor network is theirs. */
export function createOperations(
  store: Store,
  config: SubscriptionApiConfig,
  now: () => Date,
): readonly Operation[] {
  return [
    ...createWorkspaceOperations(store, config, now),
    ...createJourneyOperations(store, config, now),
    ...createAudienceOperations(store, now),
    ...createCampaignOperations(store, config, now),
    ...createPlanOperations(store, config, now),
  ];
}

function createWorkspaceOperations(
  store: Store,
  config: SubscriptionApiConfig,
  now: () => Date,
): readonly Operation[] {
  const destinations = createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW);
  const workspaces = new WorkspaceRepository(store);
  const apiKeys = new ApiKeyRepository(store);
  const plans = new PlanRepository(store);
  const eventTypes = new EventTypeRepository(store);
  const webhooks = new WebhookRepository(store);
  const deliveryLog = new DeliveryLog(store);
  const eventLog = new EventLog(store);
  const eventReader = new EventReader(store);
  return [
    ...operatorOperations({ workspaces, apiKeys, plans, destinations, now }),
    ...workspaceOperations({ workspaces, destinations, now }),
    ...apiKeyOperations({ apiKeys, now }),
    ...auditOperations({ auditLog: new AuditLog(store), workspaces }),
    ...previewOperations({ webhooks, eventTypes, eventLog, workspaces, now }),
    ...filterOperations({ webhooks, eventTypes, eventLog, workspaces, now }),
    ...webhookOperations({
      webhooks,
      audiences: new AudienceRepository(store),
      journeys: new JourneyRepository(store),
      eventTypes,
      plans: new PlanGate({ plans, workspaces, consoleUrl: config.CONSOLE_URL }),
      destinations,
      now,
    }),
    webhookStatsOperation({
      webhooks,
      statistics: new DeliveryStatisticsReader(store),
      queues: new EndpointQueueReader(store),
      now,
    }),
    webhookSeriesOperation({ webhooks, rollups: new RollupReader(store), now }),
    workspaceStatsOperation({
      webhooks,
      rollups: new RollupReader(store),
      queues: new EndpointQueueReader(store),
      now,
    }),
    ...eventTypeOperations({ eventTypes, webhooks, now }),
    ...scheduledEventOperations(new ScheduledEvents(store)),
    ...eventOperations({ eventLog, eventReader, workspaces }),
    ...deliveryOperations({
      deliveryLog,
      eventReader,
      finder: new DeliveryFinder(eventReader, deliveryLog),
      webhooks,
    }),
    ...createResendOperations(store, now),
    testOperation({ webhooks, eventTypes, newCall: uuidv7, now }),
    ...healthOperations({
      errorCounts: new ErrorCountReader(store),
      deliveryLog,
      webhooks,
      endpoints: new EndpointRepository(store),
      now,
    }),
  ];
}

function createResendOperations(store: Store, now: () => Date): readonly Operation[] {
  const webhooks = new WebhookRepository(store);
  const jobs = new JobRepository(store);
  const planner = new ResendPlanner({
    eventLog: new EventLog(store),
    eventReader: new EventReader(store),
    deliveryLog: new DeliveryLog(store),
    webhooks,
    queues: new EndpointQueueReader(store),
    newJob: newJobId,
    now,
  });
  return [
    ...resendOperations({ planner, requests: new ResendRequests(store), now }),
    resendManyOperation({ walk: new DeliveryWalk(store), webhooks, jobs, newJob: newJobId, now }),
    ...jobOperations({
      jobs,
      imports: new ContactImportRepository(store),
      recoveries: new RecoveryRepository(store),
      owed: new OwedEvents(store),
    }),
  ];
}

function createPlanOperations(
  store: Store,
  config: SubscriptionApiConfig,
  now: () => Date,
): readonly Operation[] {
  const plans = new PlanRepository(store);
  const workspaces = new WorkspaceRepository(store);
  return [
    listPlans({ plans, workspaces, consoleUrl: config.CONSOLE_URL }),
    ...planOperations({ plans, now }),
    workspacePlanOperation({ workspaces, now }),
  ];
}
