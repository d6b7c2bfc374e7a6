import type { RecordId, WebhookId, WorkspaceId } from "@hooklane/core";
import { type Producer, toOutgoingRecord } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import {
  type EventLog,
  isSendable,
  type JobRepository,
  type ResendJob,
  type ResendOrder,
  type ResendRecords,
  type ResendTally,
  toResendOrder,
  type WebhookRepository,
} from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import { readStep, type ResendStepDeps, type ResendTarget } from "./resend-step.js";

export interface ResendJobsOptions extends ResendStepDeps {
  readonly jobs: Pick<JobRepository, "listNext" | "claim" | "advance" | "complete">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly records: Pick<ResendRecords, "make">;
  readonly eventLog: Pick<EventLog, "find">;
  readonly producer: Pick<Producer, "sendAll">;
  /** Of this process, unlike any other's and any earlier one's. */
  readonly owner: string;
  /** Deliveries of one workspace a sweep resends at most. */
  readonly perWorkspaceMax: number;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Longer than a sweep takes; so long a job stands still when its owner dies. */
const LEASE_MS = 15_000;

/** Parts of the log a turn looks through for something to send. */
const STEPS_A_TURN_MAX = 50;

/** Events have up to 256 KiB: so many are in memory at once. */
const MADE_AT_ONCE = 50;

/** A job in hand. Lost with the process: then it goes on from its cursor, and what was sent stays sent once. */
interface Progress {
  /** Not yet sent. */
  readonly targets: readonly ResendTarget[];
  /** Once they are, everything accepted up to then is done. */
  readonly upTo: Date | undefined;
  /** Not yet noted in the job. */
  readonly tally: ResendTally;
  /** The last record put in line. */
  readonly lastSent: RecordId | undefined;
}

/**
 * Resends what jobs ask for (architecture.md §3): at every sweep the next hundred of each workspace, in order, unless
 * the router has not routed the last of the hundred before, a sweep ago. One process has a job, by lease; it may lose it
 * and send on for a moment: record ids are those of the job and the delivery, every process sends in the same order, and
 * the router drops what it has.
 */
export class ResendJobs {
  readonly #options: ResendJobsOptions;
  readonly #inHand = new Map<string, Progress>();

  constructor(options: ResendJobsOptions) {
    this.#options = options;
  }

  /** Paced by how often it is called. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { jobs } = this.#options;
    const ids = await jobs.listNext();
    await this.#settleEnded(new Set(ids));
    const turns = await Promise.allSettled(ids.map((id) => this.#turn(id, signal)));
    for (const turn of turns) if (turn.status === "rejected" && !signal.aborted) throw turn.reason;
  }

  /** Cancelled ones; what was done of them since the last note counts, too. */
  async #settleEnded(open: ReadonlySet<string>): Promise<void> {
    for (const [id, { tally }] of this.#inHand) {
      if (open.has(id)) continue;
      this.#inHand.delete(id);
      await this.#options.jobs.advance(id, this.#options.owner, tally);
    }
  }

  async #turn(id: string, signal: AbortSignal): Promise<void> {
    const { jobs, owner } = this.#options;
    const claimed = await jobs.claim(id, owner, LEASE_MS);
    if (!claimed || signal.aborted) return;
    const { job, isHeld } = claimed;
    const held = isHeld ? this.#inHand.get(id) : undefined;
    if (await this.#isRouterBehind(job.workspaceId, held)) {
      this.#options.metrics.resendsHeldBack.inc();
      return;
    }
    const progress = held?.targets.length ? held : await this.#begin(job, held);
    if (progress) await this.#resend(job, progress);
    else await this.#complete(job);
  }

  /** Whether what was put in line a sweep ago has not been routed yet. */
  async #isRouterBehind(workspaceId: WorkspaceId, held: Progress | undefined): Promise<boolean> {
    if (held?.lastSent === undefined) return false;
    return (await this.#options.eventLog.find(workspaceId, held.lastSent)) === undefined;
  }

  /** Looks for the next that is to be sent. @returns undefined when there is nothing more */
  async #begin(job: ResendJob, held: Progress | undefined): Promise<Progress | undefined> {
    const start = held ? held.upTo : job.cursor;
    const lastSent = held?.lastSent;
    let upTo = start;
    let tally = NOTHING;
    for (let steps = 0; steps < STEPS_A_TURN_MAX; steps++) {
      const step = await readStep(this.#options, job, upTo, this.#options.perWorkspaceMax);
      if (step.upTo === undefined) {
        if (upTo === start) return undefined;
        break;
      }
      upTo = step.upTo;
      tally = add(tally, step.tally);
      if (step.targets.length > 0) return { targets: step.targets, upTo, tally, lastSent };
    }
    return { targets: [], upTo, tally, lastSent };
  }

  async #resend(job: ResendJob, progress: Progress): Promise<void> {
    const { perWorkspaceMax, owner, jobs } = this.#options;
    const { orders, inactive } = await this.#order(job, progress.targets.slice(0, perWorkspaceMax));
    const { resent, expired, lastSent = progress.lastSent } = await this.#send(orders);
    const done = {
      resent,
      skipped: { webhook_not_active: inactive, event_expired: expired, repeated: 0, test: 0 },
    };
    const tally = add(progress.tally, done);
    const targets = progress.targets.slice(perWorkspaceMax);
    const { upTo } = progress;
    if (targets.length > 0) {
      this.#inHand.set(job.id, { targets, upTo, tally, lastSent });
      return;
    }
    // Noted together with the cursor: a part that a crash repeats is counted once.
    this.#inHand.set(job.id, { targets, upTo, tally: NOTHING, lastSent });
    await jobs.advance(job.id, owner, tally, upTo);
  }

  async #order(
    job: ResendJob,
    targets: readonly ResendTarget[],
  ): Promise<{ readonly orders: readonly ResendOrder[]; readonly inactive: number }> {
    const active = await this.#findActive(job.workspaceId, targets);
    // Not before the job: it does not meet what it made itself.
    const acceptedAt = Math.max(this.#options.now().getTime(), job.createdAt.getTime());
    const orders = targets
      .filter(({ webhookId }) => active.has(webhookId))
      .map((target) => toResendOrder(target.event, target, { job: job.id, acceptedAt }));
    return { orders, inactive: targets.length - orders.length };
  }

  async #findActive(
    workspaceId: WorkspaceId,
    targets: readonly ResendTarget[],
  ): Promise<ReadonlySet<WebhookId>> {
    const ids = [...new Set(targets.map(({ webhookId }) => webhookId))];
    const found = await Promise.all(ids.map((id) => this.#options.webhooks.find(id)));
    const active = found.filter(
      (webhook) => webhook?.workspaceId === workspaceId && !webhook.deletedAt && isSendable(webhook.status),
    );
    return new Set(active.flatMap((webhook) => webhook?._id ?? []));
  }

  /** While Kafka is away it waits for it, without limit. */
  async #send(orders: readonly ResendOrder[]): Promise<Sent> {
    const { records, producer, metrics } = this.#options;
    let expired = 0;
    let lastSent: RecordId | undefined;
    for (let from = 0; from < orders.length; from += MADE_AT_ONCE) {
      const part = orders.slice(from, from + MADE_AT_ONCE);
      const made = await records.make(part);
      const outgoing = made.flatMap((one) => (one.kind === "record" ? [toOutgoingRecord(one.record)] : []));
      if (outgoing.length > 0) await producer.sendAll(outgoing);
      metrics.resent.inc(outgoing.length);
      expired += made.filter(({ kind }) => kind === "expired").length;
      lastSent = part.findLast((_, index) => made[index]?.kind !== "expired")?.recordId ?? lastSent;
    }
    // What was routed already this job had put in line itself, before a crash.
    return { resent: orders.length - expired, expired, lastSent };
  }

  async #complete(job: ResendJob): Promise<void> {
    const { jobs, owner, logger } = this.#options;
    this.#inHand.delete(job.id);
    if (await jobs.complete(job.id, owner)) {
      logger.info({ workspaceId: job.workspaceId, job: job.id }, "resend_job.completed");
    }
  }
}

interface Sent {
  readonly resent: number;
  readonly expired: number;
  /** The last that stands in line. */
  readonly lastSent: RecordId | undefined;
}

const add = (one: ResendTally, other: ResendTally): ResendTally => ({
  resent: one.resent + other.resent,
  skipped: {
    webhook_not_active: one.skipped.webhook_not_active + other.skipped.webhook_not_active,
    event_expired: one.skipped.event_expired + other.skipped.event_expired,
    repeated: one.skipped.repeated + other.skipped.repeated,
    test: one.skipped.test + other.skipped.test,
  },
});

const NOTHING: ResendTally = {
  resent: 0,
  skipped: { webhook_not_active: 0, event_expired: 0, repeated: 0, test: 0 },
};
