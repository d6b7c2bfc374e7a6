import {
  type LinePlace,
  nextRecoveryStep,
  type RecoveryTask,
  standingOf,
  toEntering,
  toResendRecordId,
} from "@hooklane/core";
import type { Webhook } from "./webhook.js";
import type { DecidedDelivery, FoundOwed } from "./event-log.js";
import type { EventsRecord, ResendRecord } from "./events-record.js";
import type { Recovery } from "./recoveries.js";
import { toDeliveryId } from "./routing.js";
import { ask, type Task, together } from "./task.js";
import type { Upstream, UpstreamProcess } from "./upstream.js";

/** So many are read, and sent, at once; in production far more. */
const READ_MAX = 4;
/** What does not arrive within this is put in line again, milliseconds. */
const LOST_AFTER_MS = 30_000;

/** Carries out the next step of a recovery (ADR 0019). Another monitor may do the same at the same time. */
export function* carryOutRecovery(monitor: UpstreamProcess, recovery: Recovery): Task {
  const { configuration, recoveries } = monitor.upstream;
  const { id, task } = recovery;
  // The webhook before how far it is: that it was ended is stored before the webhook is active.
  const webhook = yield* ask(monitor, "database", () => configuration.present(task.webhookId));
  const progress = yield* ask(monitor, "database", () => recoveries.progressOf(id));
  const step = nextRecoveryStep(task, progress, webhook);
  switch (step.kind) {
    case "finish":
      yield* ask(monitor, "database", () => recoveries.finish(id, step.status));
      return;
    case "begin":
      yield* put(monitor, webhook, [
        { kind: "begin", recovery: id, webhookId: task.webhookId, version: recovery.version },
      ]);
      return;
    case "collect":
      yield* collect(monitor, recovery);
      return;
    case "wait":
      yield* look(monitor, id);
      return;
    case "read":
      yield* enter(monitor, recovery, webhook, { ...step, ends: progress.ends });
  }
}

/** Notes what was skipped as owed, once everything of older generations has its end. */
function* collect(monitor: UpstreamProcess, { id, task }: Recovery): Task {
  const { eventLog, recoveries } = monitor.upstream;
  const owed = yield* ask(monitor, "database", () => findSkipped(monitor.upstream, task));
  if (owed === undefined) return;
  yield* together(
    owed.map(({ recordId, facts }) =>
      ask(monitor, "database", () => eventLog.addOwed(recordId, task.webhookId, facts.generation)),
    ),
  );
  yield* ask(monitor, "database", () => recoveries.collected(id));
}

/** @returns undefined when some have no end yet */
function findSkipped({ eventLog, deliveryLog }: Upstream, task: RecoveryTask) {
  const owed: DecidedDelivery[] = [];
  for (const decided of eventLog.decidedFor(task.webhookId)) {
    const { deliveryId, generation } = decided.facts;
    const status = deliveryLog.statusOf(deliveryId);
    const standing = standingOf(task, { generation, status, isFirst: decided.isFirst });
    if (standing === "open") return undefined;
    if (standing === "owed") owed.push(decided);
  }
  return owed;
}

/** Looks whether the router has come to the last record. */
function* look(monitor: UpstreamProcess, id: string): Task {
  const { eventLog, recoveries } = monitor.upstream;
  const { lastRecord, putAt } = recoveries.find(id);
  if (lastRecord === undefined) return;
  const place = yield* ask(
    monitor,
    "database",
    () => (eventLog.find(lastRecord) ?? recoveries.endOf(lastRecord))?.place,
  );
  if (place !== undefined) yield* ask(monitor, "database", () => recoveries.routed(id, lastRecord, place));
  else if (monitor.world.now > putAt + LOST_AFTER_MS)
    yield* ask(monitor, "database", () => recoveries.restart(id, lastRecord));
}

/** Puts the next of what is owed in line, or the end when little is left. */
function* enter(
  monitor: UpstreamProcess,
  { id, task }: Recovery,
  webhook: Webhook | undefined,
  {
    after,
    before,
    ends,
  }: { readonly after: LinePlace | undefined; readonly before: LinePlace; readonly ends: number },
): Task {
  const { eventLog, recoveries } = monitor.upstream;
  const { webhookId } = task;
  const owed = yield* ask(monitor, "database", () => eventLog.readOwed(webhookId, after, before, READ_MAX));
  const last = owed.at(-1);
  if (owed.length < READ_MAX || last === undefined) {
    const number = ends + 1;
    yield* put(monitor, webhook, [{ kind: "end", recovery: id, number, webhookId, sentThrough: after }]);
    yield* ask(monitor, "database", () => recoveries.ended(id, number));
    return;
  }
  const resends = toEntering(task, owed).map((each) => toResend(id, webhook, each));
  const sent = resends.flatMap((resend) => resend ?? []);
  yield* put(monitor, webhook, sent);
  yield* ask(monitor, "database", () => recoveries.sent(id, last.place, sent.at(-1)?.recordId));
}

function toResend(id: string, webhook: Webhook | undefined, owed: FoundOwed): ResendRecord | undefined {
  if (webhook === undefined) return undefined;
  const { eventId, type, contactId } = owed;
  const { id: webhookId, workspaceId, generation } = webhook;
  const recordId = toResendRecordId(id, toDeliveryId(owed.recordId, webhookId));
  return { kind: "resend", recordId, workspaceId, eventId, type, contactId, webhookId, generation };
}

function* put(
  monitor: UpstreamProcess,
  webhook: Webhook | undefined,
  records: readonly EventsRecord[],
): Task {
  if (webhook === undefined || records.length === 0) return;
  yield* ask(monitor, "kafka", () => monitor.upstream.events.append(webhook.workspaceId, ...records));
}
