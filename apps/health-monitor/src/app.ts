import { createDestinationPolicy } from "@hooklane/core";
import {
  checkKafka,
  checkPartitions,
  createKafka,
  GroupConsumer,
  Producer,
  topicNames,
} from "@hooklane/kafka";
import { createGuardedPost } from "@hooklane/outbound";
import {
  type Closeable,
  createOperationalHandler,
  kafkaAccess,
  openParts,
  type Parts,
  readyWhen,
  startHealthServer,
  whenPossible,
} from "@hooklane/service";
import {
  assertMigrated,
  BacklogRepository,
  DeliveryLog,
  DeliveryRollups,
  ensureIndexes,
  openConfigCopy,
  openStore,
  PartitionLoads,
  Outbox,
  PlanEnforcer,
  PlanSweeps,
  PromiseQueue,
  SecretKeyRegistry,
  SentRequests,
  TripRepository,
  WebhookDisabler,
  WebhookRepository,
  WorkspaceRepository,
} from "@hooklane/store";
import { BacklogWatch } from "./backlog/backlog-watch.js";
import { ControlAnnouncer } from "./control/control-announcer.js";
import { createHealthMetrics, observeResults, observeTrips } from "./health-metrics.js";
import { startFigures } from "./app-figures.js";
import { startJobs } from "./app-jobs.js";
import { kafkaNeeds } from "./kafka-needs.js";
import { Mailer } from "./mail/mailer.js";
import { readMailTemplate } from "./mail/mail-template.js";
import { OperationalCaller } from "./notifications/operational-webhook.js";
import { PromiseKeeper } from "./notifications/promise-keeper.js";
import { createMailSender, createOperationalSender } from "./notifications/senders.js";
import { PlanSweeper } from "./plans/plan-sweeper.js";
import { ResultsRecorder } from "./results/results-recorder.js";
import { type Context, PRODUCER_STOP_MS, repeat, type Shared } from "./shared.js";
import { DisableWebhook } from "./trips/disable-webhook.js";
import { TripApplier } from "./trips/trip-applier.js";

const TRIP_SWEEP_MS = 5_000;
const CONTROL_SWEEP_MS = 2_000;
const PROMISE_SWEEP_MS = 1_000;
const PLAN_SWEEP_MS = 2_000;
/** For the whole call of an operational webhook. */
const OPERATIONAL_CALL_LIMIT_MS = 5_000;
/** A sweep reads an index entry of every delivery in the backlog. */
const BACKLOG_SWEEP_MS = 30_000;

/** Results are written to the delivery log together: what comes within this time, or makes this many bytes. */
const RESULTS_WAIT_MS = 100;
const RESULTS_BYTES_MIN = 64 * 1024;
/** What a crash repeats changes nothing; sums of requests are written so often, and the rarer the less they cost (ADR 0037). */
const RESULTS_COMMIT_MS = 2_000;

/** Time for what is in progress when the service stops, milliseconds. */
const CONSUMER_STOP_MS = 2_000;

/** @param options.mailTemplate for tests, which run without a build */
export function startHealthMonitor(
  context: Context,
  options: { readonly mailTemplate?: string } = {},
): Promise<Closeable & { readonly port: number }> {
  return openParts(async (parts) => ({
    port: await open(context, parts, options.mailTemplate ?? (await readMailTemplate())),
  }));
}

async function open(context: Context, parts: Parts, mailTemplate: string): Promise<number> {
  const { name, config, logger, readiness } = context;
  const handler = createOperationalHandler({ service: name, readiness, metrics: context.metrics });
  const listenOn = {
    host: config.HOST,
    port: config.HEALTH_MONITOR_PORT,
    portVariable: "HEALTH_MONITOR_PORT",
  };
  const { port } = parts.add(await startHealthServer({ ...listenOn, handler }));

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
  const kafka = createKafka({ ...kafkaAccess(config), clientId: name, logger });
  await whenPossible(context, "check_kafka", () =>
    checkKafka(kafka, kafkaNeeds(config.HOOKLANE_TOPIC_PREFIX)),
  );
  await whenPossible(context, "check_partitions", async () => {
    const { events } = await new PartitionLoads(store).countPlaces();
    await checkPartitions(kafka, config.HOOKLANE_TOPIC_PREFIX, { events });
  });
  const shared: Shared = {
    ...context,
    parts,
    store,
    kafka,
    topics: topicNames(config.HOOKLANE_TOPIC_PREFIX),
    workspaces: new WorkspaceRepository(store),
    deliveryLog: new DeliveryLog(store),
    counts: createHealthMetrics(context.metrics),
    now: () => new Date(),
  };
  const ringNotifications = startNotifications(shared, mailTemplate);
  const disableWebhook = startAnnouncing(shared, ringNotifications);
  startJobs(shared);
  startFigures(shared);
  startBacklogWatch(shared, disableWebhook);
  await startTrips(shared, disableWebhook);
  await startResults(shared, disableWebhook);
  readiness.add("mongodb", async () => {
    await store.ping();
    return { ready: true };
  });
  return port;
}

/** Mails and operational webhooks out of the outbox. @returns how to say that there is something new */
function startNotifications(shared: Shared, mailTemplate: string): () => void {
  const { config, parts, store, workspaces, counts, logger, now } = shared;
  const mailer = parts.add(new Mailer({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM, logger }));
  const destinations = createDestinationPolicy(config.HOOKLANE_DESTINATION_ALLOW);
  const caller = new OperationalCaller(
    createGuardedPost(destinations, { timeoutMs: OPERATIONAL_CALL_LIMIT_MS, bodyBytesMax: 0 }),
  );
  const queue = new PromiseQueue(store);
  const schedule = {
    waitsSeconds: config.HEALTH_MONITOR_NOTIFICATION_RETRY_WAITS_S,
    giveUpAfterSeconds: config.HEALTH_MONITOR_NOTIFICATION_GIVE_UP_S,
  };
  const common = { queue, schedule, metrics: counts, logger, now };
  const mails = new PromiseKeeper({
    ...common,
    kind: "mail",
    send: createMailSender(mailer, { template: mailTemplate, consoleUrl: config.CONSOLE_URL }),
    isAvailable: () => mailer.isAvailable,
  });
  const calls = new PromiseKeeper({
    ...common,
    kind: "operational_webhook",
    send: createOperationalSender(caller, workspaces, now),
    isAvailable: () => true,
  });
  const tasks = [mails, calls].map((keeper) =>
    repeat(shared, "notifications.sweep_failed", PROMISE_SWEEP_MS, (signal) => keeper.sweep(signal)),
  );
  return () => tasks.forEach((task) => task.ring());
}

/** What is needed to change webhooks, and the sweep of what others left of such changes. */
function startAnnouncing(shared: Shared, ringNotifications: () => void): DisableWebhook {
  const { parts, store, kafka, topics, workspaces, counts, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const announcer = parts.add(
    new ControlAnnouncer({
      producer,
      outbox: new Outbox(store),
      eventsTopic: topics.events,
      metrics: counts,
      logger,
      now,
    }),
  );
  repeat(shared, "control.sweep_failed", CONTROL_SWEEP_MS, () => announcer.sweep());
  const plans = new PlanSweeper({
    sweeps: new PlanSweeps(store),
    enforcer: new PlanEnforcer(store),
    announcer,
    metrics: counts,
    logger,
    now,
  });
  repeat(shared, "plan.sweep_failed", PLAN_SWEEP_MS, (signal) => plans.sweep(signal));
  return new DisableWebhook({
    disabler: new WebhookDisabler(store),
    workspaces,
    announcer,
    metrics: counts,
    logger,
    now,
    onPromised: ringNotifications,
  });
}

function startBacklogWatch(shared: Shared, disableWebhook: DisableWebhook): void {
  const { config, store, counts, logger, now } = shared;
  const watch = new BacklogWatch({
    backlog: new BacklogRepository(store),
    webhooks: new WebhookRepository(store),
    disableWebhook,
    quota: {
      secondsMax: config.HEALTH_MONITOR_BACKLOG_MAX_S,
      bytesMax: config.HEALTH_MONITOR_BACKLOG_MAX_BYTES,
    },
    metrics: counts,
    logger,
    now,
  });
  repeat(shared, "backlog.sweep_failed", BACKLOG_SWEEP_MS, () => watch.sweep());
}

async function startTrips(shared: Shared, disableWebhook: DisableWebhook): Promise<void> {
  const { parts, store, deliveryLog, readiness, counts, logger, now } = shared;
  const trips = new TripRepository(store, logger);
  const applier = new TripApplier({
    trips,
    webhooks: new WebhookRepository(store),
    deliveryLog,
    disableWebhook,
    metrics: counts,
    logger,
    now,
  });
  observeTrips(shared.metrics, applier);
  const sweep = repeat(shared, "trips.sweep_failed", TRIP_SWEEP_MS, () => applier.sweep());
  const feed = parts.add(await whenPossible(shared, "watch_trips", () => trips.watch(() => sweep.ring())));
  readiness.add(
    "trips",
    readyWhen(() => feed.isReady(), "the change stream is broken"),
  );
}

async function startResults(shared: Shared, disableWebhook: DisableWebhook): Promise<void> {
  const { config, parts, store, kafka, topics, deliveryLog, readiness, counts, logger } = shared;
  const copy = parts.add(
    await whenPossible(shared, "open_config_copy", () =>
      openConfigCopy(store, { collections: ["workspaces"], logger }),
    ),
  );
  const rollups = new DeliveryRollups(store);
  const recorder = new ResultsRecorder({
    deliveryLog,
    sentRequests: new SentRequests(store),
    rollups,
    config: copy,
    disableWebhook,
    metrics: counts,
    logger,
  });
  const consumer = new GroupConsumer(kafka, {
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.health-monitor`,
    topics: [topics.attempts],
    fetchBytesMin: RESULTS_BYTES_MIN,
    fetchWaitMs: RESULTS_WAIT_MS,
    commitIntervalMs: RESULTS_COMMIT_MS,
    handler: (batch) => recorder.handle(batch),
    beforeCommit: () => rollups.flush(),
  });
  parts.add({ close: () => consumer.close(CONSUMER_STOP_MS) });
  observeResults(shared.metrics, consumer);
  consumer.start();
  readiness
    .add(
      "kafka",
      readyWhen(() => consumer.isReady, "not a member of its group"),
    )
    .add(
      "configuration",
      readyWhen(() => copy.ready(), "the change stream is broken"),
    );
}
