import { randomUUID } from "node:crypto";
import { RECOVERY_ENTERING_MAX } from "@hooklane/core";
import { Producer } from "@hooklane/kafka";
import {
  ContactRepository,
  DeliveryWalk,
  EventLog,
  EventReader,
  JobRepository,
  OwedEvents,
  RecoveryRepository,
  ResendRecords,
  ScheduledEvents,
  WebhookRepository,
} from "@hooklane/store";
import { startContacts } from "./app-contacts.js";
import { startImporting } from "./app-imports.js";
import { startTouchpoints } from "./app-touchpoints.js";
import { Recoveries } from "./jobs/recoveries.js";
import { ResendJobs } from "./jobs/resend-jobs.js";
import { ScheduledReleaser } from "./scheduled/scheduled-releaser.js";
import { PRODUCER_STOP_MS, repeat, type Shared } from "./shared.js";

const RELEASE_SWEEP_MS = 1_000;
const RESEND_SWEEP_MS = 1_000;
const RECOVERY_SWEEPS_PER_SECOND = 4;

/** What puts events in line that are in the log already: each with a producer of its own, so that none holds up another. */
export function startJobs(shared: Shared): void {
  startReleasing(shared);
  startResending(shared);
  startRecovering(shared);
  startContacts(shared);
  startImporting(shared);
  startTouchpoints(shared);
}

/** With a producer of its own: however much is due at once, a disablement is announced beside it. */
function startReleasing(shared: Shared): void {
  const { config, parts, store, kafka, topics, counts, logger } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const releaser = new ScheduledReleaser({
    scheduled: new ScheduledEvents(store),
    producer,
    eventsTopic: topics.events,
    perWorkspaceMax: config.HEALTH_MONITOR_RELEASES_PER_SECOND,
    metrics: counts,
    logger,
  });
  repeat(shared, "scheduled.release_failed", RELEASE_SWEEP_MS, (signal) => releaser.sweep(signal));
}

/** With a producer of its own, too: a job waits for the broker without holding others up. */
function startResending(shared: Shared): void {
  const { config, parts, store, kafka, deliveryLog, counts, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const eventLog = new EventLog(store);
  const jobs = new ResendJobs({
    jobs: new JobRepository(store),
    walk: new DeliveryWalk(store),
    eventReader: new EventReader(store),
    deliveryLog,
    webhooks: new WebhookRepository(store),
    records: resendRecords(shared, eventLog),
    eventLog,
    producer,
    owner: randomUUID(),
    perWorkspaceMax: config.HEALTH_MONITOR_RESENDS_PER_SECOND,
    metrics: counts,
    logger,
    now,
  });
  repeat(shared, "resend_job.sweep_failed", RESEND_SWEEP_MS, (signal) => jobs.sweep(signal));
}

const resendRecords = ({ store, workspaces, topics }: Shared, eventLog: EventLog): ResendRecords =>
  new ResendRecords({
    eventLog,
    workspaces,
    contacts: new ContactRepository(store),
    eventsTopic: topics.events,
  });

function startRecovering(shared: Shared): void {
  const { config, parts, store, kafka, topics, workspaces, counts, logger, now } = shared;
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  const eventLog = new EventLog(store);
  const { HEALTH_MONITOR_RECOVERS_PER_SECOND: perSecond } = config;
  const recoveries = new Recoveries({
    recoveries: new RecoveryRepository(store),
    owed: new OwedEvents(store),
    webhooks: new WebhookRepository(store),
    workspaces,
    records: resendRecords(shared, eventLog),
    eventLog,
    producer,
    eventsTopic: topics.events,
    owner: randomUUID(),
    perSweepMax: Math.min(Math.ceil(perSecond / RECOVERY_SWEEPS_PER_SECOND), RECOVERY_ENTERING_MAX),
    metrics: counts,
    logger,
    now,
  });
  const intervalMs = 1_000 / RECOVERY_SWEEPS_PER_SECOND;
  repeat(shared, "recovery.sweep_failed", intervalMs, (signal) => recoveries.sweep(signal));
}
