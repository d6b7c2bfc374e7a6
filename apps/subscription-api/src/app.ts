import { createServer, type RequestListener } from "node:http";
import {
  checkKafka,
  checkPartitions,
  createKafka,
  KafkaAdmin,
  type KafkaConnection,
  Producer,
  topicNames,
} from "@hooklane/kafka";
import type { Outbound } from "@hooklane/outbound";
import {
  type Closeable,
  closeServer,
  createOperationalHandler,
  kafkaAccess,
  listen,
  openParts,
  readyWhen,
  type ServiceContext,
  whenPossible,
} from "@hooklane/service";
import {
  ApiKeyRepository,
  assertMigrated,
  ContactEvents,
  ContactRepository,
  ensureIndexes,
  EventLog,
  EventReader,
  IdempotencyStore,
  KeyUseRecorder,
  openStore,
  Outbox,
  PartitionLoads,
  PlanEnforcer,
  ResendRecords,
  SecretKeyRegistry,
  type Store,
  WorkspaceRepository,
} from "@hooklane/store";
import { ContactAnnouncer } from "./audiences/contact-announcer.js";
import { createImportOperations } from "./app-imports.js";
import { createOperations } from "./app-operations.js";
import type { SubscriptionApiConfig } from "./config.js";
import { createConsoleFiles } from "./console/console-files.js";
import { SessionCookie } from "./console/session-cookie.js";
import { ControlAnnouncer } from "./control/control-announcer.js";
import { createApiApp } from "./http/api-app.js";
import { Authenticator } from "./http/authentication.js";
import { CallLimit } from "./http/call-limit.js";
import { Idempotency } from "./http/idempotency.js";
import { createRequestMetrics } from "./http/request-metrics.js";
import { ArrivalProducer } from "./journeys/arrival-producer.js";
import { kafkaNeeds } from "./kafka-needs.js";
import { toOpenApiDocument } from "./openapi/openapi-document.js";
import { startingAnswer } from "./pages/starting-answer.js";
import { PlanFollowUp } from "./plans/plan-follow-up.js";
import { ResendProducer } from "./resends/resend-producer.js";
import { createTestOutbound, createTestRunner } from "./test-events/create-test-runner.js";
import { streamOperation } from "./stream/stream-operation.js";
import { createStreamMetrics } from "./stream/stream-metrics.js";
import { Streams } from "./stream/streams.js";

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
    const kafka = createKafka({ ...kafkaAccess(config), clientId: name, logger });
    await whenPossible(context, "check_kafka", () =>
      checkKafka(kafka, kafkaNeeds(config.HOOKLANE_TOPIC_PREFIX)),
    );
    const producer = new Producer(kafka);
    parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
    await whenPossible(context, "prepare", () => prepare(context, store, kafka));
    addReadiness(context, store, producer);
    const streams = createStreams(context, store);
    const outbound = parts.add(createTestOutbound(context));
    serve = createApi(context, store, producer, { streams, outbound });
    // Once more, as what is closed first: requests in progress end before what they use is closed. Streams have no end.
    parts.add({ close });
    parts.add(streams);
    return { port };
  });
}

/** Indexes, and the partitions new workspaces and endpoints are placed on. */
async function prepare({ config }: Context, store: Store, kafka: KafkaConnection): Promise<void> {
  await assertMigrated(store);
  await ensureIndexes(store);
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const admin = new KafkaAdmin(kafka);
  try {
    const loads = new PartitionLoads(store);
    await checkPartitions(kafka, config.HOOKLANE_TOPIC_PREFIX, await loads.countPlaces());
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

function createStreams({ config, logger, metrics }: Context, store: Store): Streams {
  return new Streams({
    store,
    events: new EventReader(store),
    limits: {
      streamsMax: config.SUBSCRIPTION_API_STREAMS_MAX,
      streamsPerWorkspaceMax: config.SUBSCRIPTION_API_STREAMS_PER_WORKSPACE_MAX,
      pingMs: config.SUBSCRIPTION_API_STREAM_PING_MS,
    },
    metrics: createStreamMetrics(metrics),
    logger,
    now: () => new Date(),
  });
}

function createApi(
  context: Context,
  store: Store,
  producer: Producer,
  { streams, outbound }: { readonly streams: Streams; readonly outbound: Outbound },
): RequestListener {
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
  const operations = [
    ...createOperations(store, config, now),
    ...createImportOperations(store, logger, now),
    streamOperation(streams),
  ];
  const consoleFiles = createConsoleFiles();
  if (!consoleFiles) logger.warn({}, "console.not_built");
  return createApiApp({
    consoleFiles,
    cookie: new SessionCookie({
      secretKeys: config.HOOKLANE_SECRETS_KEYS,
      isSecure: config.CONSOLE_URL.startsWith("https:"),
      now,
    }),
    workspaces: new WorkspaceRepository(store),
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
    contactAnnouncer: new ContactAnnouncer({
      events: new ContactEvents(store),
      producer,
      eventsTopic,
      timeoutMs,
      logger,
    }),
    planFollowUp: new PlanFollowUp({ enforcer: new PlanEnforcer(store), announcer, now }),
    resendProducer: new ResendProducer({
      producer,
      records: new ResendRecords({
        eventLog: new EventLog(store),
        workspaces: new WorkspaceRepository(store),
        contacts: new ContactRepository(store),
        eventsTopic,
      }),
      timeoutMs,
      logger,
    }),
    arrivalProducer: new ArrivalProducer({ producer, eventsTopic, timeoutMs, logger }),
    testRunner: createTestRunner(context, store, producer, outbound),
    metrics: createRequestMetrics(metrics),
    logger,
  });
}

/** The OpenAPI document alone. Its operations are not called, so neither database nor broker is needed. */
export function describeApi(config: SubscriptionApiConfig): ReturnType<typeof toOpenApiDocument> {
  const nothing = undefined as never;
  const now = () => new Date();
  return toOpenApiDocument(
    [
      ...createOperations(nothing, config, now),
      ...createImportOperations(nothing, nothing, now),
      streamOperation(nothing),
    ],
    VERSION,
  );
}
