import { createDestinationPolicy } from "@hooklane/core";
import {
  ContactRepository,
  EventTypeRepository,
  JourneyPoints,
  JourneyRepository,
  PlanRepository,
  SentRequests,
  type Store,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { uuidv7 } from "uuidv7";
import type { SubscriptionApiConfig } from "./config.js";
import type { Operation } from "./http/operation.js";
import { arrivalOperation } from "./journeys/arrival-operation.js";
import { journeyOperations } from "./journeys/journey-operations.js";
import { journeySwitchOperations } from "./journeys/journey-switch-operations.js";
import { pointOperations } from "./journeys/point-operations.js";
import { PlanGate } from "./plans/plan-gate.js";

/** Journeys, their points, and arrivals at them (product.md W4). */
export function createJourneyOperations(
  store: Store,
  config: SubscriptionApiConfig,
  now: () => Date,
): readonly Operation[] {
  const journeys = new JourneyRepository(store);
  const webhooks = new WebhookRepository(store);
  const workspaces = new WorkspaceRepository(store);
  const plans = new PlanGate({
    plans: new PlanRepository(store),
    workspaces,
    consoleUrl: config.CONSOLE_URL,
  });
  return [
    ...journeyOperations({ journeys, now }),
    ...journeySwitchOperations({ journeys, plans, now }),
    ...pointOperations({
      journeys,
      points: new JourneyPoints(store),
      webhooks,
      sentRequests: new SentRequests(store),
      eventTypes: new EventTypeRepository(store),
      destinations: createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW),
      plans,
      now,
    }),
    arrivalOperation({
      journeys,
      webhooks,
      contacts: new ContactRepository(store),
      workspaces,
      newEvent: () => `evt_${uuidv7()}`,
      now,
    }),
  ];
}
