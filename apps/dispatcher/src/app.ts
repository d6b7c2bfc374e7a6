import { randomUUID } from "node:crypto";
import {
  checkKafka,
  checkPartitions,
  createKafka,
  KafkaAdmin,
  Producer,
  SoloConsumer,
  topicNames,
} from "@hooklane/kafka";
import { type ConfigurationView, PartitionLanes } from "@hooklane/lanes";
import {
  type Closeable,
  closeInReverse,
  createOperationalHandler,
  kafkaAccess,
  readyWhen,
  type ServiceContext,
  startHealthServer,
  systemClock as clock,
  whenPossible,
} from "@hooklane/service";
import {
  assertMigrated,
  BacklogRepository,
  ensureIndexes,
  ErrorWindowRepository,
  MemberRepository,
  openConfigCopy,
  openStore,
  PartitionLoads,
  PartitionRepository,
  SecretKeyRegistry,
  TripRepository,
} from "@hooklane/store";
import { BacklogGateway } from "./backlog/backlog-gateway.js";
import type { DispatcherConfig } from "./config.js";
import { ConfigFollower } from "./configuration/config-follower.js";
import { RateLimits } from "./configuration/rate-limits.js";
import { toGaugeSource } from "./gauge-source.js";
import { observe } from "./gauges.js";
import { DeliveryIntake } from "./intake/intake.js";
import { kafkaNeeds } from "./kafka-needs.js";
import { createDispatcherMetrics } from "./metrics.js";
import { createLaneActions } from "./partitions/lane-actions.js";
import { toLaneSettings } from "./partitions/lane-settings.js";
import { type OwnerParts, PartitionOwner } from "./partitions/partition-owner.js";
import { PartitionRunner, type RunnerActions } from "./partitions/partition-runner.js";
import { AttemptJournal } from "./results/attempt-journal.js";
import { ResultPublisher } from "./results/result-publisher.js";
import { ErrorCounter } from "./rule/error-counter.js";
import { FailingWebhooks } from "./rule/failing-webhooks.js";
import { TripWatch } from "./rule/trip-watch.js";
import { createSender } from "./sending/create-sender.js";
import { DeliveryTraces } from "./tracing/delivery-traces.js";

const SERVICE = "dispatcher";

/** For claims, renewals and heartbeats: small writes, each in a few milliseconds. */
const LEASE_SOCKETS_MAX = 5;

/** In a stop, a count that does not come through is given up after this, milliseconds: that error is not counted then. */
const COUNT_LIMIT_MS = 7_000;

/** A running dispatcher. */
export interface DispatcherApp extends Closeable {
  /** Of the operational paths. */
  readonly port: number;
}

type Context = ServiceContext<DispatcherConfig>;
type Keep = <T extends Closeable>(part: T) => T;

/** Wires the dispatcher and starts it; resolves when it claims partitions. What was opened is closed when it fails. */
export async function startDispatcher(context: Context): Promise<DispatcherApp> {
  const opened: Closeable[] = [];
  try {
    const port = await start(context, (part) => {
      opened.push(part);
      return part;
    });
    const parts = closeInReverse(opened);
    return { port, close: () => parts.close() };
  } catch (error) {
    await closeInReverse(opened)
      .close()
      .catch((err: unknown) => context.logger.warn({ err }, "dispatcher.start_not_undone"));
    throw error;
  }
}

async function start(context: Context, keep: Keep): Promise<number> {
  const { config, metrics, readiness, signal } = context;
  const health = keep(
    await startHealthServer({
      host: config.HOST,
      port: config.DISPATCHER_PORT,
      portVariable: "DISPATCHER_PORT",
      handler: createOperationalHandler({ service: SERVICE, readiness, metrics }),
    }),
  );
  const ground = await connect(context, keep);
  const rule = createRule(context, ground, keep);
  const { owner, consumer } = createDelivery(context, ground, rule, keep);
  addReadiness(context, ground, rule, { owner, consumer });

  signal.throwIfAborted();
  keep(new ConfigFollower(ground.configuration, rule.failing, owner));
  await rule.trips.start();
  keep(consumer).start();
  await owner.start();
  keep({ close: () => stopDelivering(owner, rule) });
  return health.port;
}

type Ground = Awaited<ReturnType<typeof connect>>;

/** What the dispatcher stands on: MongoDB, the configuration in memory, Kafka. */
async function connect(context: Context, keep: Keep) {
  const { config, logger } = context;
  const { MONGODB_URI: uri, MONGODB_DATABASE: database, HOOKLANE_SECRETS_KEYS: secretKeys } = config;
  const store = keep(
    await whenPossible(context, "open_store", () => openStore({ uri, database, logger, secretKeys })),
  );
  await whenPossible(context, "check_migrations", () => assertMigrated(store));
  await whenPossible(context, "ensure_indexes", () => ensureIndexes(store));
  const keys = new SecretKeyRegistry(store);
  context.readiness.add("secret_keys", () => keys.state());
  await whenPossible(context, "check_secret_keys", () => keys.assertUsable());
  // Sockets of their own: whatever else is asked of the database, a renewal does not wait behind it.
  const leases = keep(
    await whenPossible(context, "open_lease_store", () =>
      openStore({ uri, database, logger, maxPoolSize: LEASE_SOCKETS_MAX }),
    ),
  );
  const configuration = keep(
    await whenPossible(context, "open_config_copy", () =>
      openConfigCopy(store, {
        collections: ["workspaces", "webhooks", "endpoints", "deletedContacts"],
        logger,
      }),
    ),
  );
  const kafka = createKafka({ ...kafkaAccess(config), clientId: SERVICE, logger });
  await whenPossible(context, "check_kafka", () =>
    checkKafka(kafka, kafkaNeeds(config.HOOKLANE_TOPIC_PREFIX)),
  );
  await whenPossible(context, "check_partitions", async () => {
    const { deliveries } = await new PartitionLoads(store).countPlaces();
    await checkPartitions(kafka, config.HOOKLANE_TOPIC_PREFIX, { deliveries });
  });
  const producer = keep(new Producer(kafka));
  await whenPossible(context, "connect_producer", () => producer.connect());
  const admin = keep(new KafkaAdmin(kafka));
  return {
    store,
    leases,
    configuration,
    kafka,
    producer,
    admin,
    topics: topicNames(config.HOOKLANE_TOPIC_PREFIX),
  };
}

type Rule = ReturnType<typeof createRule>;

/** The shared rule: counting, and the breakers its trips open (lanes.md §7). */
function createRule({ config, logger }: Context, { store, configuration }: Ground, keep: Keep) {
  const failing = keep(new FailingWebhooks(configuration));
  const trips = keep(new TripWatch(new TripRepository(store, logger), failing, logger));
  /** Ends counts that do not come through. */
  const counting = new AbortController();
  const windows = new ErrorWindowRepository(store, {
    errorsMax: config.DISPATCHER_RULE_ERRORS_MAX,
    windowMs: config.DISPATCHER_RULE_WINDOW_MS,
  });
  const counter = new ErrorCounter(windows, configuration, failing, { logger, signal: counting.signal });
  return { failing, trips, counting, counter };
}

/** From the log to the receivers: consumer, intake, lanes, requests, results, and the partitions owned. */
function createDelivery(context: Context, ground: Ground, { failing, trips, counter }: Rule, keep: Keep) {
  const { config, logger, metrics, signal, traces } = context;
  const { store, leases, configuration, kafka, producer, admin, topics } = ground;
  const own = createDispatcherMetrics(metrics);
  const { sender, sockets, ...connections } = createSender(config, configuration, failing, {
    clock,
    logger,
    metrics: own,
  });
  keep(connections);
  const publisher = new ResultPublisher(producer, topics.attempts, logger);
  const me = `${SERVICE}-${randomUUID()}`;
  const consumer = new SoloConsumer(kafka, {
    topic: topics.deliveries,
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.${me}`,
    onRecords: (partition, records) => intake.take(partition, records),
    onGap: (partition, expected, found) => {
      logger.error({ partition, expected, found }, "intake.log_gap");
      owner.reclaim(partition);
    },
    onJoined: (partitions) => owner.onJoined(partitions.length),
  });
  const journal = new AttemptJournal(own, logger);
  const backlog = new BacklogGateway({
    repository: new BacklogRepository(store),
    configuration,
    metrics: own,
    logger,
  });
  const actions = createLaneActions({
    backlog,
    sender,
    counter,
    failing,
    configuration,
    journal,
    publisher,
    consumer,
    metrics: own,
    traces: traces && new DeliveryTraces(traces, config.TRACES_TO_RECEIVERS, clock),
    logger,
  });
  const rates = new RateLimits(configuration);
  const view: ConfigurationView = {
    webhook: (id) => configuration.webhook(id),
    isContactDeleted: (id) => configuration.deletedContact(id) !== undefined,
    rateLimit: (workspaceId, endpointId) => rates.of(workspaceId, endpointId),
  };
  const owner = new PartitionOwner({
    me,
    topic: topics.deliveries,
    partitions: new PartitionRepository(leases),
    members: new MemberRepository(leases),
    admin,
    consumer,
    trips,
    clock,
    metrics: own,
    logger,
    createRunner: runnerFactory(config, { configuration: view, tripped: failing.tripped }, actions),
  });
  const intake = new DeliveryIntake({
    runnerOf: (partition) => owner.runnerOf(partition),
    seek: (partition, offset) => consumer.seek(partition, offset),
    pause: (partition) => consumer.pause(partition),
    resume: (partition) => consumer.resume(partition),
    producer,
    rejectedTopic: topics.rejected,
    metrics: own,
    logger,
    signal,
  });
  const queueBudgetBytes = config.DISPATCHER_QUEUE_BYTES_MAX;
  observe(metrics, toGaugeSource({ clock, owner, publisher, failing, sockets, consumer, queueBudgetBytes }));
  return { owner, consumer };
}

/** Makes the lanes of a claimed partition and who carries out what they decide. */
function runnerFactory(
  config: DispatcherConfig,
  knowledge: ConstructorParameters<typeof PartitionLanes>[3],
  actions: RunnerActions,
): OwnerParts["createRunner"] {
  const requestTimeoutMs = config.DISPATCHER_REQUEST_TIMEOUT_MS;
  return ({ partition, epoch, logEpoch, isLogSeen, start, lease, share }) => {
    const settings = toLaneSettings(config, share);
    const lanes = new PartitionLanes(
      { partition, logEpoch, isLogSeen },
      start,
      settings,
      knowledge,
      lease.until,
    );
    return new PartitionRunner({ partition, epoch, logEpoch }, lanes, lease, actions, {
      clock,
      requestTimeoutMs,
    });
  };
}

function addReadiness(
  { readiness }: Context,
  { store, configuration, producer }: Ground,
  { trips }: Rule,
  { owner, consumer }: { readonly owner: PartitionOwner; readonly consumer: SoloConsumer },
): void {
  readiness
    .add(
      "kafka",
      readyWhen(() => consumer.isReady && producer.isReady, "not joined, or the last send failed"),
    )
    .add("mongodb", async () => {
      await store.ping();
      return owner.isReady ? { ready: true } : { ready: false, detail: "the last claim round failed" };
    })
    .add(
      "configuration",
      readyWhen(() => configuration.ready() && trips.isReady(), "the change stream is broken"),
    );
}

async function stopDelivering(owner: PartitionOwner, { counting }: Rule): Promise<void> {
  const giveUp = setTimeout(() => counting.abort(), COUNT_LIMIT_MS);
  try {
    await owner.close();
  } finally {
    clearTimeout(giveUp);
    counting.abort();
  }
}
