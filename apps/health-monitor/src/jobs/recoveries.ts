import { encodeRecoveryBegin, encodeRecoveryEnd } from "@hooklane/contracts";
import {
  type LinePlace,
  nextRecoveryStep,
  type RecordId,
  type RecoveringWebhook,
  toEntering,
} from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import {
  type EventLog,
  type OwedEvents,
  type OwedRecord,
  type Recovery,
  type RecoveryRepository,
  type ResendRecords,
  toRecoveryProgress,
  toResendOrder,
  type WebhookRepository,
  type WorkspaceDocument,
  type WorkspaceRepository,
} from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import { takeTurns } from "./take-turns.js";

export interface RecoveriesOptions {
  readonly recoveries: Pick<RecoveryRepository, "listOpen" | "claim" | "advance" | "noteEnding" | "finish">;
  readonly owed: Pick<OwedEvents, "collect" | "list">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  readonly records: Pick<ResendRecords, "make">;
  readonly eventLog: Pick<EventLog, "find">;
  readonly producer: Pick<Producer, "sendAll">;
  /** `events.v1` with its prefix. */
  readonly eventsTopic: string;
  /** Of this process, unlike any other's and any earlier one's. */
  readonly owner: string;
  /** Events of one webhook a sweep puts in line at most; with fewer owed than that a recovery ends. */
  readonly perSweepMax: number;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Longer than a sweep takes; so long a recovery stands still when its owner dies. */
const LEASE_MS = 15_000;

/** Worked on at the same time; of more, each has its turn, so that those that wait hold back no others. */
const RECOVERIES_MAX = 100;

/** Deliveries looked at at once, and how often in one sweep. */
const COLLECTED_AT_ONCE = 500;
const COLLECTS_A_SWEEP = 20;

/** Of what was delivered since, and need not enter, so many parts are passed over in one sweep. */
const READS_A_SWEEP = 20;

/** Events have up to 256 KiB: so many are in memory at once. */
const MADE_AT_ONCE = 50;

/** A begin or an end that the router has not come to is put in line once more after this, milliseconds. */
const REPEAT_MS = 5_000;

/** What the router has not come to so long after it was acknowledged may be lost with the log: it is sent once more, milliseconds. */
const LOST_AFTER_MS = 60_000;

const DAY_MS = 86_400_000;

/**
 * Carries recoveries out (docs/adr/0019): the rules are `nextRecoveryStep`'s, each sweep takes a step or two. One process
 * has a recovery, by lease; it may lose it and go on for a moment: everything it puts in line the router takes once.
 */
export class Recoveries {
  readonly #options: RecoveriesOptions;
  /** The begin (0) or the n-th end put in line last, and when, by recovery. */
  readonly #marked = new Map<string, { readonly number: number; readonly at: number }>();
  /** The record whose place is waited for, and since when, by recovery. */
  readonly #awaited = new Map<string, { readonly record: RecordId; readonly since: number }>();

  /** Of those that had their turn in the last sweep. */
  #last: string | undefined;

  constructor(options: RecoveriesOptions) {
    this.#options = options;
  }

  /** Paced by how often it is called. */
  async sweep(signal: AbortSignal): Promise<void> {
    const open = new Set(await this.#options.recoveries.listOpen());
    for (const known of [this.#marked, this.#awaited]) {
      for (const id of known.keys()) if (!open.has(id)) known.delete(id);
    }
    const ids = takeTurns([...open], this.#last, RECOVERIES_MAX);
    this.#last = ids.at(-1);
    const turns = await Promise.allSettled(ids.map((id) => this.#turn(id, signal)));
    for (const turn of turns) if (turn.status === "rejected" && !signal.aborted) throw turn.reason;
  }

  async #turn(id: string, signal: AbortSignal): Promise<void> {
    const { recoveries, owner, webhooks, workspaces } = this.#options;
    const claimed = await recoveries.claim(id, owner, LEASE_MS);
    if (!claimed || signal.aborted) return;
    const [found, workspace] = await Promise.all([
      webhooks.find(claimed.webhookId),
      workspaces.find(claimed.workspaceId),
    ]);
    const webhook = found?.deletedAt ? undefined : found;
    if (!workspace) return;
    const recovery = await this.#noteRouted(claimed);
    const step = nextRecoveryStep(recovery, toRecoveryProgress(recovery), webhook);
    switch (step.kind) {
      case "begin":
        return this.#begin(recovery, workspace);
      case "collect":
        return this.#collect(recovery, workspace, signal);
      case "wait":
        // Noted and perhaps not put in line: a crash in between.
        if (recovery.unrouted === undefined && recovery.lastEnd === undefined) {
          await this.#putEndInLine(recovery, workspace, recovery.ends);
        }
        return;
      case "read":
        return this.#send(recovery, workspace, step);
      case "finish":
        return this.#finish(recovery, webhook);
    }
  }

  /** Once its last record has a place, all of the line before it is stored. */
  async #noteRouted(recovery: Recovery): Promise<Recovery> {
    const { unrouted, workspaceId, id } = recovery;
    if (unrouted === undefined) return recovery;
    const { eventLog, recoveries, owner } = this.#options;
    const routed = await eventLog.find(workspaceId, unrouted);
    if (!routed) {
      if (this.#isLost(id, unrouted)) await this.#goBack(recovery);
      return recovery;
    }
    this.#awaited.delete(id);
    const { epoch, offset } = routed.position;
    const routedThrough = { epoch, offset };
    await recoveries.advance(id, owner, { routedThrough, unrouted: null });
    const { unrouted: _, ...rest } = recovery;
    return { ...rest, routedThrough };
  }

  #isLost(id: string, record: RecordId): boolean {
    const now = this.#options.now().getTime();
    const awaited = this.#awaited.get(id);
    if (awaited?.record === record) return now - awaited.since > LOST_AFTER_MS;
    this.#awaited.set(id, { record, since: now });
    return false;
  }

  /** Puts the last part in line again; where the router is only slow, it drops what it has. */
  async #goBack({ id, workspaceId, webhookId, unrouted, sentBefore }: Recovery): Promise<void> {
    const { recoveries, owner, logger } = this.#options;
    logger.warn({ workspaceId, webhookId, job: id, unrouted }, "recovery.sent_again");
    this.#awaited.delete(id);
    await recoveries.advance(id, owner, { unrouted: null, sentThrough: sentBefore ?? null });
  }

  async #begin(recovery: Recovery, { eventsPartition }: WorkspaceDocument): Promise<void> {
    const { eventsTopic } = this.#options;
    await this.#putInLine(recovery, encodeRecoveryBegin(eventsTopic, eventsPartition, toMark(recovery)));
  }

  async #collect(
    recovery: Recovery,
    { retentionDays }: WorkspaceDocument,
    signal: AbortSignal,
  ): Promise<void> {
    const { owed, recoveries, owner, now } = this.#options;
    const at = now();
    const knownSince = new Date(at.getTime() - retentionDays * DAY_MS);
    let after = recovery.collectedUpTo;
    for (let part = 0; part < COLLECTS_A_SWEEP && !signal.aborted; part++) {
      const { open, upTo } = await owed.collect(recovery, { knownSince, after, now: at }, COLLECTED_AT_ONCE);
      if (open > 0) {
        await recoveries.advance(recovery.id, owner, { waitingFor: open });
        return;
      }
      if (upTo === undefined) {
        await recoveries.advance(recovery.id, owner, { waitingFor: 0, isCollected: true });
        return;
      }
      after = upTo;
      await recoveries.advance(recovery.id, owner, { waitingFor: 0, collectedUpTo: upTo });
    }
  }

  async #send(
    recovery: Recovery,
    workspace: WorkspaceDocument,
    range: { readonly after: LinePlace | undefined; readonly before: LinePlace },
  ): Promise<void> {
    const { owed, recoveries, owner, perSweepMax } = this.#options;
    let { after } = range;
    for (let read = 0; read < READS_A_SWEEP; read++) {
      const found = await owed.list(recovery, { after, before: range.before }, perSweepMax);
      const last = found.at(-1);
      if (found.length < perSweepMax || !last) {
        const number = recovery.ends + 1;
        await recoveries.noteEnding(recovery.id, owner, number);
        await this.#putEndInLine({ ...recovery, ...(after && { sentThrough: after }) }, workspace, number);
        return;
      }
      const { sent, lastSent } = await this.#resend(recovery, toEntering(recovery, found));
      const isOurs = await recoveries.advance(recovery.id, owner, {
        sentThrough: last.place,
        sentBefore: after ?? null,
        sent,
        ...(lastSent !== undefined && { unrouted: lastSent }),
      });
      // Nothing of it had to enter: the next part need not wait for the router.
      if (lastSent !== undefined || !isOurs) return;
      after = last.place;
    }
  }

  /** While Kafka is away it waits for it, without limit. */
  async #resend(
    { id, webhookId, workspaceId, generation }: Recovery,
    entering: readonly OwedRecord[],
  ): Promise<{ readonly sent: number; readonly lastSent: RecordId | undefined }> {
    const { records, producer, metrics, now } = this.#options;
    const once = { job: id, acceptedAt: now().getTime() };
    let sent = 0;
    let lastSent: RecordId | undefined;
    for (let from = 0; from < entering.length; from += MADE_AT_ONCE) {
      const orders = entering.slice(from, from + MADE_AT_ONCE).map(({ deliveryId, isFirst, ...event }) => ({
        ...toResendOrder({ workspaceId, ...event }, { deliveryId, webhookId }, once),
        recovery: { generation, ...(isFirst && { isFirst }) },
      }));
      const made = await records.make(orders);
      const outgoing = made.flatMap((one) => (one.kind === "record" ? [toOutgoingRecord(one.record)] : []));
      if (outgoing.length > 0) await producer.sendAll(outgoing);
      metrics.recovered.inc(outgoing.length);
      sent += outgoing.length;
      lastSent = orders.findLast((_, index) => made[index]?.kind !== "expired")?.recordId ?? lastSent;
    }
    return { sent, lastSent };
  }

  async #putEndInLine(
    recovery: Recovery,
    { eventsPartition }: WorkspaceDocument,
    number: number,
  ): Promise<void> {
    const { eventsTopic, now } = this.#options;
    const { sentThrough, owedSince } = recovery;
    const end = {
      ...toMark(recovery),
      number,
      owedSince,
      ...(sentThrough && { sentThrough }),
      acceptedAt: now().getTime(),
    };
    await this.#putInLine(recovery, encodeRecoveryEnd(eventsTopic, eventsPartition, end), number);
  }

  /** Not again and again while the router is on its way to it. */
  async #putInLine(
    { id }: Recovery,
    record: Parameters<typeof toOutgoingRecord>[0],
    number = 0,
  ): Promise<void> {
    const at = this.#options.now().getTime();
    const before = this.#marked.get(id);
    if (before?.number === number && at - before.at < REPEAT_MS) return;
    await this.#options.producer.sendAll([toOutgoingRecord(record)]);
    this.#marked.set(id, { number, at });
  }

  /** The router notes an end before it changes the webhook: what was read of the recovery may be older than that. */
  async #finish({ id, workspaceId, webhookId }: Recovery, webhook: RecoveringWebhook): Promise<void> {
    const { recoveries, owner, logger, metrics } = this.#options;
    const recovery = await recoveries.claim(id, owner, LEASE_MS);
    const step = recovery && nextRecoveryStep(recovery, toRecoveryProgress(recovery), webhook);
    if (step?.kind !== "finish" || !(await recoveries.finish(id, step.status))) return;
    const { status } = step;
    metrics.recoveriesEnded.inc({ status });
    logger.info({ workspaceId, webhookId, job: id, status }, "recovery.ended");
  }
}

const toMark = ({ id, workspaceId, webhookId, version, generation }: Recovery) => ({
  workspaceId,
  webhookId,
  version,
  generation,
  recovery: id,
});
