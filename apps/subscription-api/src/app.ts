import { createServer, type RequestListener } from "node:http";
import { createDestinationPolicy } from "@hooklane/core";
import { createKafka, KafkaAdmin, type KafkaConnection, Producer, topicNames } from "@hooklane/kafka";
import {
  type Closeable,
  closeServer,
  createOperationalHandler,
  listen,
  openParts,
  readyWhen,
  type ServiceContext,
  whenPossible,
} from "@hooklane/service";
import {
  ApiKeyRepository,
  AuditLog,
  DeliveryLog,
  DeliveryStatisticsReader,
  DeliveryWalk,
  EndpointQueueReader,
  EndpointRepository,
  ensureIndexes,
  ErrorCountReader,
  EventLog,
  EventReader,
  EventTypeRepository,
  IdempotencyStore,
  JobRepository,
  KeyUseRecorder,
  openStore,
  Outbox,
  PartitionLoads,
  PlanEnforcer,
  PlanRepository,
  ResendRecords,
  ScheduledEvents,
  SecretKeyRegistry,
  type Store,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { apiKeyOperations } from "./api-keys/api-key-operations.js";
import { auditOperations } from "./audit-log/audit-operations.js";
import type { SubscriptionApiConfig } from "./config.js";
import { ControlAnnouncer } from "./control/control-announcer.js";
import { DeliveryFinder } from "./deliveries/delivery-finder.js";
import { deliveryOperations } from "./deliveries/delivery-operations.js";
import { eventOperations } from "./event-log/event-operations.js";
import { eventTypeOperations } from "./event-types/event-type-operations.js";
import { filterOperations } from "./filters/filter-operations.js";
import { healthOperations } from "./health/health-operations.js";
import { createApiApp } from "./http/api-app.js";
import { Authenticator } from "./http/authentication.js";
import { CallLimit } from "./http/call-limit.js";
import { Idempotency } from "./http/idempotency.js";
import type { Operation } from "./http/operation.js";
import { createRequestMetrics } from "./http/request-metrics.js";
import { toOpenApiDocument } from "./openapi/openapi-document.js";
import { startingAnswer } from "./pages/starting-answer.js";
import { jobOperations } from "./jobs/job-operations.js";
import { listPlans } from "./plans/list-plans.js";
import { PlanFollowUp } from "./plans/plan-follow-up.js";
import { PlanGate } from "./plans/plan-gate.js";
import { planOperations } from "./plans/plan-operations.js";
import { workspacePlanOperation } from "./plans/workspace-plan-operation.js";
import { previewOperations } from "./previews/preview-operations.js";
import { resendManyOperation } from "./resends/resend-many-operation.js";
import { resendOperations } from "./resends/resend-operations.js";
import { ResendPlanner } from "./resends/resend-planner.js";
import { ResendProducer } from "./resends/resend-producer.js";
import { newJobId } from "./ids.js";
import { scheduledEventOperations } from "./scheduled-events/scheduled-event-operations.js";
import { webhookStatsOperation } from "./webhook-stats/webhook-stats-operation.js";
import { webhookOperations } from "./webhooks/webhook-operations.js";
import { operatorOperations } from "./workspaces/operator-operations.js";
import { workspaceOperations } from "./workspaces/workspace-operations.js";

const VERSION = "0.1.0";

/** Time for what is in progress when the service stops, milliseconds. */
const SERVER_STOP_MS = 5_000;
const PRODUCER_STOP_MS = 1_000;

type Context = ServiceContext<SubscriptionApiConfig>;

/** The running app. */
export interface SubscriptionApi extends Closeable {
  readonly port: number;
}

/** Wires and starts the API; what was opened is closed again when the start fails. */
export function startSubscriptionApi(context: Context): Promise<SubscriptionApi> {
  return openParts(async (parts) => {
    const { config, name, logger, metrics, readiness } = context;
    const operational = createOperationalHandler({ service: name, readiness, metrics });
    let serve: RequestListener = startingAnswer;
    const server = createServer((request, response) => {
      if (!operational(request, response)) serve(request, response);
    });
    const close = () => closeServer(server, SERVER_STOP_MS);
    parts.add({ close });
    const port = await listen(server, {
      host: config.HOST,
      port: config.SUBSCRIPTION_API_PORT,
      portVariable: "SUBSCRIPTION_API_PORT",
    });

    const database = {
      uri: config.MONGODB_URI,
      database: config.MONGODB_DATABASE,
      secretKeys: config.HOOKLANE_SECRETS_KEYS,
      logger,
    };
    const store = parts.add(await whenPossible(context, "open_store", () => openStore(database)));
    const keys = new SecretKeyRegistry(store);
    readiness.add("secret_keys", () => keys.state());
    await whenPossible(context, "check_secret_keys", () => keys.assertUsable());
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: name, logger });
    const producer = new Producer(kafka);
    parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
    await whenPossible(context, "prepare", () => prepare(context, store, kafka));
    addReadiness(context, store, producer);
    serve = createApi(context, store, producer);
    // Once more, as what is closed first: requests in progress end before what they use is closed.
    parts.add({ close });
    return { port };
  });
}

/** Indexes, and the partitions new workspaces and endpoints are placed on. */
async function prepare({ config }: Context, store: Store, kafka: KafkaConnection): Promise<void> {
  await ensureIndexes(store);
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const admin = new KafkaAdmin(kafka);
  try {
    const loads = new PartitionLoads(store);
    await loads.ensure("events.v1", await admin.partitionCount(topics.events));
    await loads.ensure("deliveries.v1", await admin.partitionCount(topics.deliveries));
  } finally {
    await admin.close();
  }
}

function addReadiness({ readiness }: Context, store: Store, producer: Producer): void {
  // Connecting shows up here; the first send would do it too.
  void producer.connect().catch(() => undefined);
  readiness
    .add("mongodb", async () => {
      await store.ping();
      return { ready: true };
    })
    .add(
      "kafka_producer",
      readyWhen(() => producer.isReady, "not connected"),
    );
}

function createApi(context: Context, store: Store, producer: Producer): RequestListener {
  const { config, logger, metrics } = context;
  const now = () => new Date();
  const apiKeys = new ApiKeyRepository(store);
  const eventsTopic = topicNames(config.HOOKLANE_TOPIC_PREFIX).events;
  const timeoutMs = config.SUBSCRIPTION_API_ANNOUNCE_TIMEOUT_MS;
  const announcer = new ControlAnnouncer({
    producer,
    outbox: new Outbox(store),
    eventsTopic,
    timeoutMs,
    logger,
    now,
  });
  const operations = allOperations(store, config, announcer, now);
  return createApiApp({
    operations,
    document: toOpenApiDocument(operations, VERSION),
    authenticator: new Authenticator({
      operatorKey: config.OPERATOR_KEY,
      apiKeys,
      uses: new KeyUseRecorder(apiKeys, logger),
      now,
    }),
    callLimit: new CallLimit({ callsPerSecondMax: config.SUBSCRIPTION_API_CALLS_PER_SECOND_MAX, metrics }),
    idempotency: new Idempotency(new IdempotencyStore(store), now),
    announcer,
    resendProducer: new ResendProducer({
      producer,
      records: new ResendRecords({
        eventLog: new EventLog(store),
        workspaces: new WorkspaceRepository(store),
        eventsTopic,
      }),
      timeoutMs,
      logger,
    }),
    jobs: new JobRepository(store),
    metrics: createRequestMetrics(metrics),
    logger,
  });
}

/** The OpenAPI document alone. Its operations are not called, so neither database nor broker is needed. */
export function describeApi(config: SubscriptionApiConfig): ReturnType<typeof toOpenApiDocument> {
  const nothing = undefined as never;
  return toOpenApiDocument(
    allOperations(nothing, config, nothing, () => new Date()),
    VERSION,
  );
}

function allOperations(
  store: Store,
  config: SubscriptionApiConfig,
  announcer: ControlAnnouncer,
  now: () => Date,
): readonly Operation[] {
  return [...createOperations(store, config, now), ...createPlanOperations(store, config, announcer, now)];
}

function createOperations(
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
    ...eventTypeOperations({ eventTypes, webhooks, now }),
    ...scheduledEventOperations(new ScheduledEvents(store)),
    ...eventOperations({ eventLog, eventReader, workspaces }),
    ...deliveryOperations({
      deliveryLog,
      eventReader,
      finder: new DeliveryFinder(eventReader, deliveryLog),
      webhooks,
    }),
    ...resendOperations(
      new ResendPlanner({
        eventLog,
        eventReader,
        deliveryLog,
        webhooks,
        queues: new EndpointQueueReader(store),
        newJob: newJobId,
        now,
      }),
    ),
    resendManyOperation({ walk: new DeliveryWalk(store), webhooks, newJob: newJobId, now }),
    ...jobOperations(new JobRepository(store)),
    ...healthOperations({
      errorCounts: new ErrorCountReader(store),
      deliveryLog,
      webhooks,
      endpoints: new EndpointRepository(store),
      now,
    }),
  ];
}

function createPlanOperations(
  store: Store,
  config: SubscriptionApiConfig,
  announcer: ControlAnnouncer,
  now: () => Date,
): readonly Operation[] {
  const plans = new PlanRepository(store);
  const workspaces = new WorkspaceRepository(store);
  const followUp = new PlanFollowUp({ enforcer: new PlanEnforcer(store), announcer, now });
  return [
    listPlans({ plans, workspaces, consoleUrl: config.CONSOLE_URL }),
    ...planOperations({ plans, followUp, now }),
    workspacePlanOperation({ workspaces, followUp, now }),
  ];
}
