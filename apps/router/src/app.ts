import { createKafka, GroupConsumer, Producer, topicNames } from "@hooklane/kafka";
import {
  type Closeable,
  closeInReverse,
  createOperationalHandler,
  readyWhen,
  retryForever,
  type ServiceContext,
  startHealthServer,
} from "@hooklane/service";
import {
  type ConfigCopy,
  ensureIndexes,
  EventLog,
  openConfigCopy,
  openStore,
  type Store,
} from "@hooklane/store";
import type { Config } from "./config.js";
import { ConfigGate } from "./control/config-gate.js";
import { addRouterGauges, createRouterMetrics } from "./router-metrics.js";
import { EventRouter } from "./routing/event-router.js";
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
export async function startApp(context: Context): Promise<App> {
  const parts: Closeable[] = [];
  try {
    const { config, metrics, readiness } = context;
    const health = await startHealthServer({
      handler: createOperationalHandler({ service: context.name, readiness, metrics }),
      host: config.HOST,
      port: config.ROUTER_PORT,
      portVariable: "ROUTER_PORT",
    });
    parts.push(health);
    const store = await openStoreWhenPossible(context, parts);
    const copy = await openCopyWhenPossible(context, store, parts);
    startRouting(context, { store, copy }, parts);
    return { port: health.port, ...closeInReverse(parts) };
  } catch (error) {
    await closeInReverse(parts).close();
    throw error;
  }
}

function startRouting(
  { config, logger, metrics, readiness, name }: Context,
  { store, copy }: { readonly store: Store; readonly copy: ConfigCopy },
  parts: Closeable[],
): void {
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: name, logger });
  const producer = new Producer(kafka);
  parts.push({ close: () => producer.close(PRODUCER_STOP_MS) });
  const gate = new ConfigGate({ copy, logger });
  const router = new EventRouter({
    copy,
    index: new WebhookIndex(copy),
    log: new EventLog(store),
    gate,
    topics,
    send: async (records) => {
      await producer.sendAll(records);
    },
    ...createRouterMetrics(metrics),
    logger,
  });
  const consumer = new GroupConsumer(kafka, {
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.router`,
    topics: [topics.events],
    handler: router.handle,
  });
  parts.push({ close: () => consumer.close(CONSUMER_STOP_MS) });
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

async function openStoreWhenPossible(
  { config, logger, signal }: Context,
  parts: Closeable[],
): Promise<Store> {
  const onError = (err: unknown) => logger.warn({ err }, "router.store_unavailable");
  const store = await retryForever(
    () => openStore({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE, logger }),
    { signal, onError },
  );
  parts.push(store);
  await retryForever(() => ensureIndexes(store), { signal, onError });
  return store;
}

async function openCopyWhenPossible(
  { logger, signal }: Context,
  store: Store,
  parts: Closeable[],
): Promise<ConfigCopy> {
  const copy = await retryForever(
    () =>
      openConfigCopy(store, { collections: ["workspaces", "eventTypes", "webhooks", "endpoints"], logger }),
    { signal, onError: (err) => logger.warn({ err }, "router.config_copy_unavailable") },
  );
  parts.push(copy);
  return copy;
}
