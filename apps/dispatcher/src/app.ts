import { randomUUID } from "node:crypto";
import { createKafka, KafkaAdmin, Producer, SoloConsumer, topicNames } from "@hooklane/kafka";
import { PartitionLanes } from "@hooklane/lanes";
import {
  type Closeable,
  closeInReverse,
  createOperationalHandler,
  readyWhen,
  type ServiceContext,
  startHealthServer,
} from "@hooklane/service";
import {
  ensureIndexes,
  ErrorWindowRepository,
  MemberRepository,
  openConfigCopy,
  openStore,
  PartitionRepository,
  TripRepository,
} from "@hooklane/store";
import { systemClock as clock } from "./clock.js";
import type { DispatcherConfig } from "./config.js";
import { ConfigFollower } from "./configuration/config-follower.js";
import { DeliveryIntake } from "./intake/intake.js";
import { createDispatcherMetrics, observe } from "./metrics.js";
import { toMetricsSource } from "./metrics-source.js";
import { createLaneActions } from "./partitions/lane-actions.js";
import { toLaneSettings } from "./partitions/lane-settings.js";
import { type OwnerParts, PartitionOwner } from "./partitions/partition-owner.js";
import { PartitionRunner } from "./partitions/partition-runner.js";
import { AttemptJournal } from "./results/attempt-journal.js";
import { ResultPublisher } from "./results/result-publisher.js";
import { ErrorCounter } from "./rule/error-counter.js";
import { FailingWebhooks } from "./rule/failing-webhooks.js";
import { TripWatch } from "./rule/trip-watch.js";
import { createSender } from "./sending/create-sender.js";

const SERVICE = "dispatcher";

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
  const { config, logger, metrics, readiness, signal } = context;
  const health = keep(
    await startHealthServer({
      host: config.HOST,
      port: config.DISPATCHER_PORT,
      portVariable: "DISPATCHER_PORT",
      handler: createOperationalHandler({ service: SERVICE, readiness, metrics }),
    }),
  );
  const { MONGODB_URI: uri, MONGODB_DATABASE: database } = config;
  const store = keep(await openStore({ uri, database, logger }));
  await ensureIndexes(store);
  const configuration = keep(
    await openConfigCopy(store, { collections: ["workspaces", "webhooks", "endpoints"], logger }),
  );
  const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: SERVICE, logger });
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const producer = keep(new Producer(kafka));
  await producer.connect();
  const admin = keep(new KafkaAdmin(kafka));

  const own = createDispatcherMetrics(metrics);
  const failing = keep(new FailingWebhooks(configuration));
  const trips = keep(new TripWatch(new TripRepository(store, logger), failing, logger));
  const { sender, ...connections } = createSender(config, configuration, failing, clock);
  keep(connections);
  const publisher = new ResultPublisher(producer, topics.attempts, logger);
  const counting = new AbortController();
  const counter = new ErrorCounter(
    new ErrorWindowRepository(store, {
      errorsMax: config.DISPATCHER_RULE_ERRORS_MAX,
      windowMs: config.DISPATCHER_RULE_WINDOW_MS,
    }),
    configuration,
    failing,
    { logger, signal: counting.signal },
  );

  const me = `${SERVICE}-${randomUUID()}`;
  const consumer = new SoloConsumer(kafka, {
    topic: topics.deliveries,
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.${me}`,
    onRecords: (partition, records) => intake.take(partition, records),
    onGap: (partition, expected, found) => {
      logger.error({ partition, expected, found }, "intake.log_gap");
      owner.reclaim(partition);
    },
  });
  const actions = createLaneActions({
    sender,
    counter,
    failing,
    configuration,
    journal: new AttemptJournal(own, logger),
    publisher,
    consumer,
    metrics: own,
    logger,
  });
  const createRunner: OwnerParts["createRunner"] = ({ partition, epoch }, { content }, lease, share) => {
    const lanes = new PartitionLanes(
      { partition, logEpoch: content.logEpoch },
      content,
      toLaneSettings(config, share),
      { configuration, tripped: failing.tripped },
      lease.until,
    );
    const requestTimeoutMs = config.DISPATCHER_REQUEST_TIMEOUT_MS;
    return new PartitionRunner({ partition, epoch }, lanes, lease, actions, { clock, requestTimeoutMs });
  };
  const owner = new PartitionOwner({
    me,
    topic: topics.deliveries,
    partitions: new PartitionRepository(store),
    members: new MemberRepository(store),
    admin,
    consumer,
    trips,
    clock,
    metrics: own,
    logger,
    createRunner,
  });
  const intake = new DeliveryIntake({
    runnerOf: (partition) => owner.runnerOf(partition),
    seek: (partition, offset) => consumer.seek(partition, offset),
    producer,
    rejectedTopic: topics.rejected,
    metrics: own,
    logger,
  });
  const highWatermark = (partition: number) => consumer.highWatermark(partition);
  observe(metrics, toMetricsSource({ clock, owner, publisher, failing, highWatermark }));
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

  signal.throwIfAborted();
  keep(new ConfigFollower(configuration, failing, owner));
  await trips.start();
  keep(consumer).start();
  await owner.start();
  keep({
    close: async () => {
      const giveUp = setTimeout(() => counting.abort(), COUNT_LIMIT_MS);
      await owner.close();
      clearTimeout(giveUp);
      counting.abort();
    },
  });
  return health.port;
}
