import {
  checkKafka,
  checkPartitions,
  createKafka,
  GroupConsumer,
  KafkaAdmin,
  type KafkaConnection,
  Producer,
  topicNames,
} from "@hooklane/kafka";
import {
  type Closeable,
  createOperationalHandler,
  kafkaAccess,
  openParts,
  type Parts,
  readyWhen,
  type ServiceContext,
  startHealthServer,
  systemClock,
  whenPossible,
} from "@hooklane/service";
import {
  assertMigrated,
  type ConfigCopy,
  ContactRepository,
  DocumentSecrets,
  ensureIndexes,
  EventLog,
  EventPartitions,
  openConfigCopy,
  openStore,
  OwedEvents,
  PartitionLoads,
  RecoveryRepository,
  ScheduledEvents,
  SecretKeyRegistry,
  type Store,
  WebhookRepository,
} from "@hooklane/store";
import type { Config } from "./config.js";
import { ConfigGate } from "./control/config-gate.js";
import { kafkaNeeds } from "./kafka-needs.js";
import { addRouterGauges, createRouterMetrics } from "./router-metrics.js";
import { EventRouter } from "./routing/event-router.js";
import { LogEpochs } from "./routing/log-epochs.js";
import { RouteTraces } from "./routing/route-traces.js";
import { WebhookIndex } from "./routing/webhook-index.js";

/** The running app. */
export interface App extends Closeable {
  /** The port of the operational paths. */
  readonly port: number;
}

/** Together within the 10 s of an orderly stop, milliseconds. */
const CONSUMER_STOP_MS = 4_000;
const PRODUCER_STOP_MS = 2_000;

type Context = ServiceContext<Config>;

/** Wires and starts the router; what was opened is closed again when the start fails. */
export function startApp(context: Context): Promise<App> {
  return openParts(async (parts) => {
    const { config, logger, metrics, readiness } = context;
    const { port } = parts.add(
      await startHealthServer({
        handler: createOperationalHandler({ service: context.name, readiness, metrics }),
        host: config.HOST,
        port: config.ROUTER_PORT,
        portVariable: "ROUTER_PORT",
      }),
    );
    const database = {
      uri: config.MONGODB_URI,
      database: config.MONGODB_DATABASE,
      secretKeys: config.HOOKLANE_SECRETS_KEYS,
      logger,
    };
    const store = parts.add(await whenPossible(context, "open_store", () => openStore(database)));
    await whenPossible(context, "check_migrations", () => assertMigrated(store));
    await whenPossible(context, "ensure_indexes", () => ensureIndexes(store));
    const keys = new SecretKeyRegistry(store);
    readiness.add("secret_keys", () => keys.state());
    await whenPossible(context, "check_secret_keys", () => keys.assertUsable());
    const copy = parts.add(
      await whenPossible(context, "open_config_copy", () =>
        openConfigCopy(withoutSecrets(store), {
          collections: ["workspaces", "webhooks", "endpoints"],
          logger,
        }),
      ),
    );
    const kafka = createKafka({ ...kafkaAccess(config), clientId: context.name, logger });
    await whenPossible(context, "check_kafka", () =>
      checkKafka(kafka, kafkaNeeds(config.HOOKLANE_TOPIC_PREFIX)),
    );
    await whenPossible(context, "check_partitions", async () =>
      checkPartitions(kafka, config.HOOKLANE_TOPIC_PREFIX, await new PartitionLoads(store).countPlaces()),
    );
    startRouting(context, { store, copy, kafka }, parts);
    return { port };
  });
}

/** Matching has no use for the webhooks' secrets: in the copy they stay sealed. */
const withoutSecrets = (store: Store): Store => ({ ...store, secrets: new DocumentSecrets([]) });

function startRouting(
  { config, logger, metrics, readiness, traces }: Context,
  {
    store,
    copy,
    kafka,
  }: { readonly store: Store; readonly copy: ConfigCopy; readonly kafka: KafkaConnection },
  parts: Parts,
): void {
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const gate = new ConfigGate({ copy, logger });
  const log = new EventLog(store);
  const admin = new KafkaAdmin(kafka);
  parts.add(admin);
  const { onReplaced, ...counts } = createRouterMetrics(metrics);
  const router = new EventRouter({
    copy,
    index: new WebhookIndex(copy, logger),
    log,
    scheduled: new ScheduledEvents(store),
    recovery: {
      recoveries: new RecoveryRepository(store),
      owed: new OwedEvents(store),
      webhooks: new WebhookRepository(withoutSecrets(store)),
      contacts: new ContactRepository(store),
      now: () => new Date(),
    },
    epochs: new LogEpochs({
      partitions: new EventPartitions(store),
      log,
      readClusterId: () => admin.clusterId(),
      onReplaced,
      logger,
      now: () => systemClock.now(),
    }),
    gate,
    topics,
    send: async (records) => {
      await producer.sendAll(records);
    },
    ...counts,
    traces: traces && new RouteTraces(traces),
    logger,
  });
  const consumer = new GroupConsumer(kafka, {
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.router`,
    topics: [topics.events],
    handler: router.handle,
  });
  parts.add({ close: () => consumer.close(CONSUMER_STOP_MS) });
  addRouterGauges(metrics, { gate, producer, consumer });
  readiness
    .add("mongodb", async () => {
      await store.ping();
      return { ready: true };
    })
    .add("config_copy", () => checkCopy(copy, gate))
    .add(
      "kafka_consumer",
      readyWhen(() => consumer.isReady, "not joined"),
    );
  consumer.start();
}

function checkCopy(copy: ConfigCopy, gate: ConfigGate) {
  const waiting = gate.describe();
  if (waiting !== undefined) return { ready: false as const, detail: waiting };
  return copy.ready()
    ? { ready: true as const }
    : { ready: false as const, detail: "the change stream is broken" };
}
