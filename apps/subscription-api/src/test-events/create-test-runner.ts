import { createDestinationPolicy } from "@hooklane/core";
import { type Producer, topicNames } from "@hooklane/kafka";
import { createOutbound, type Outbound, toSocketLimits } from "@hooklane/outbound";
import { type Metrics, type ServiceContext, systemClock } from "@hooklane/service";
import {
  DeliveryLog,
  EndpointQueueReader,
  EndpointRepository,
  EventLog,
  type Store,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import type { SubscriptionApiConfig } from "../config.js";
import { DirectTest } from "./direct-test.js";
import { TestLimit } from "./test-limit.js";
import { TestRunner } from "./test-runner.js";

type Context = ServiceContext<SubscriptionApiConfig>;

/** product.md D1, milliseconds. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Tests that are sent at a time, and their connections kept for a moment. */
const SOCKETS_MAX = 32;

export const createTestMetrics = (metrics: Metrics) => ({
  tokenRequests: metrics.counter({
    name: "api_test_token_requests_total",
    help: "Do token endpoints answer for test events that are sent by the API itself?",
    labels: ["outcome"],
  }),
});

/** What makes the requests of tests that stand in no line; `close` cuts what is idle. */
export function createTestOutbound({ config, logger, metrics }: Context): Outbound {
  return createOutbound({
    policy: createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW),
    limits: toSocketLimits({ openFilesMax: undefined, socketsMax: SOCKETS_MAX }),
    timeoutMs: REQUEST_TIMEOUT_MS,
    // It was read for this very request.
    isCurrent: () => true,
    clock: systemClock,
    logger,
    metrics: createTestMetrics(metrics),
  });
}

export function createTestRunner(
  { config, logger, signal }: Context,
  store: Store,
  producer: Producer,
  outbound: Outbound,
): TestRunner {
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const workspaces = new WorkspaceRepository(store);
  const sending = { producer, timeoutMs: config.SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS, logger };
  return new TestRunner({
    ...sending,
    direct: new DirectTest({
      ...sending,
      webhooks: new WebhookRepository(store),
      endpoints: new EndpointRepository(store),
      workspaces,
      requests: outbound.requests,
      topics,
    }),
    limit: new TestLimit(),
    eventLog: new EventLog(store),
    deliveryLog: new DeliveryLog(store),
    workspaces,
    queues: new EndpointQueueReader(store),
    eventsTopic: topics.events,
    waitMs: config.SUBSCRIPTION_API_TEST_WAIT_MS,
    now: () => new Date(),
    signal,
  });
}
