import { type EndpointId, isGone, nextStep } from "@hooklane/core";
import type { AttemptEnd, AttemptNext, Decision, Report } from "./decision.js";
import { isFinal } from "./decision.js";
import { FlowControl } from "./flow-control.js";
import { type ConfigurationView, judge } from "./judge.js";
import type { Lane } from "./lane.js";
import { type LaneCensus, LaneMap } from "./lane-map.js";
import { nextMove } from "./lane-move.js";
import { type DeliveryFacts, type LaneRecord, RECORD_OVERHEAD_BYTES } from "./lane-record.js";
import { LaneTimers } from "./lane-timers.js";
import { type PartitionCheckpoint, PartitionProgress } from "./partition-progress.js";
import type { LaneSettings } from "./settings.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

/** What became of a record at intake (lanes.md §5). */
export type Intake =
  /** In a lane, or settled at once. */
  | "taken"
  /** Resolved before: by an earlier owner, or a repeated fan-out. */
  | "resolved"
  /** Below `next`: read twice, dropped. */
  | "stale"
  /** Above `next`: a stale position; the reader is to seek to `next`. */
  | "gap";

/** The partition an engine works on, as its lease says. */
export interface PartitionIdentity {
  readonly partition: number;
  /** Raised when the log was cut or replaced; positions of different epochs never compare. */
  readonly logEpoch: number;
}

/**
 * The delivery engine of one leased partition (lanes.md §5, §6): data in, decisions out. It keeps one ordered lane an
 * endpoint, with one request in flight; retries hold their own lane only. No I/O, clock or chance: times are
 * milliseconds of one monotonic clock given by the caller, who carries the decisions out and tells how they ended.
 *
 * Lanes that are retried stay in memory here, and a partition that holds too much is paused; durable lanes (parking to
 * a backlog, DRAINING, CATCH-UP) join in {@link Lane} and {@link nextMove}.
 */
export class PartitionLanes {
  readonly #identity: PartitionIdentity;
  readonly #settings: LaneSettings;
  readonly #configuration: ConfigurationView;
  readonly #tripped: TrippedWebhooks;
  readonly #progress: PartitionProgress;
  readonly #lanes = new LaneMap();
  readonly #timers = new LaneTimers();
  /** Lanes that could send but for the lease or for results not yet acknowledged. */
  readonly #stalled = new Set<Lane>();
  readonly #flow: FlowControl;
  #decisions: Decision[] = [];
  #tickets = 0;
  #inFlight = 0;
  #counting = 0;
  #unreported = 0;
  #leaseUntil: number;
  #stopping = false;

  /** @param leaseUntil no request outlives this time (ms) */
  constructor(
    identity: PartitionIdentity,
    start: PartitionCheckpoint,
    settings: LaneSettings,
    knowledge: { readonly configuration: ConfigurationView; readonly tripped: TrippedWebhooks },
    leaseUntil: number,
  ) {
    this.#identity = identity;
    this.#settings = settings;
    this.#configuration = knowledge.configuration;
    this.#tripped = knowledge.tripped;
    this.#progress = new PartitionProgress(start);
    this.#flow = new FlowControl(settings);
    this.#leaseUntil = leaseUntil;
  }

  /** The offset to take in next. */
  get next(): number {
    return this.#progress.next;
  }

  /** The lowest unresolved offset. */
  get committed(): number {
    return this.#progress.committed;
  }

  /** Requests, counts and results whose answer is awaited: none left means a release loses and repeats nothing. */
  get pending(): { readonly inFlight: number; readonly counting: number; readonly unreported: number } {
    return { inFlight: this.#inFlight, counting: this.#counting, unreported: this.#unreported };
  }

  get queued(): { readonly records: number; readonly bytes: number } {
    return this.#flow.held;
  }

  /** When {@link onTimer} is to be called, or undefined. */
  get dueAt(): number | undefined {
    return this.#timers.earliest;
  }

  /** Whether a checkpoint would store something new. */
  get isDirty(): boolean {
    return this.#progress.isDirty;
  }

  /** What was decided since the last call, in order. */
  takeDecisions(): readonly Decision[] {
    const decisions = this.#decisions;
    if (decisions.length > 0) this.#decisions = [];
    return decisions;
  }

  /** Intake of one record (lanes.md §5). `body` is kept: not a slice of a fetch buffer. */
  onRecord(offset: number, facts: DeliveryFacts, body: Uint8Array, now: number): Intake {
    const place = this.#progress.placeOf(offset);
    if (place !== "next") return place;
    if (!this.#progress.takeIn(facts.source)) return "resolved";
    this.#accept(
      {
        offset,
        facts,
        body,
        webhookId: facts.webhookId,
        generation: facts.generation,
        enqueuedAt: now,
        bodyBytes: body.length,
      },
      now,
    );
    this.#controlFlow();
    return "taken";
  }

  /** Intake of a record nobody can read; {@link onUnreadableKept} once it is kept elsewhere. */
  onUnreadable(offset: number): Intake {
    const place = this.#progress.placeOf(offset);
    if (place !== "next") return place;
    return this.#progress.takeIn(undefined) ? "taken" : "resolved";
  }

  onUnreadableKept(offset: number): void {
    this.#progress.resolve(offset);
  }

  /**
   * Asked again in the tick that writes the request's bytes, as connecting takes time: lease, status and breaker
   * (lanes.md §4).
   */
  mayStart(endpointId: EndpointId, ticket: number, now: number): boolean {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    const last = lane?.hand?.records.at(-1);
    if (last === undefined || this.#stopping || !this.#leaseAllows(now)) return false;
    return judge(last.facts, this.#configuration, this.#tripped).kind === "send";
  }

  /** The request did not leave: {@link mayStart} refused it. It is not an attempt. */
  onRefused(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    if (lane === undefined) return;
    this.#inFlight--;
    lane.phase = "free";
    // What refused it is known here too, so it is not decided again; should the two disagree, it must not spin.
    if (++lane.refusals > 1) lane.notBefore = Math.max(lane.notBefore, now + this.#settings.refusedPauseMs);
    this.#pump(lane, now);
  }

  /** The request ended. */
  onSettled(endpointId: EndpointId, ticket: number, end: AttemptEnd, now: number): void {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    if (lane?.hand === undefined) return;
    this.#inFlight--;
    switch (end.outcome.kind) {
      case "succeeded":
        this.#finish(lane, end, { kind: "delivered" });
        lane.phase = "free";
        this.#pump(lane, now);
        return;
      case "own_fault": {
        const { deferFirstMs, deferMaxMs } = this.#settings;
        lane.notBefore = now + Math.min(deferMaxMs, deferFirstMs * 2 ** Math.min(lane.deferrals++, 20));
        lane.phase = "free";
        this.#decide({ kind: "deferred", endpointId, fault: end.outcome.fault, until: lane.notBefore });
        this.#pump(lane, now);
        return;
      }
      case "failed":
        this.#count(lane, end);
    }
  }

  /** The error was counted, and what its trips name is marked as tripped (lanes.md §7). */
  onCounted(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#lanes.awaiting("counting", endpointId, ticket);
    if (lane?.hand === undefined || lane.failure === undefined) return;
    this.#counting--;
    const end = lane.failure;
    lane.failure = undefined;
    lane.phase = "free";
    this.#finish(lane, end, this.#nextAfterFailure(lane, end));
    this.#pump(lane, now);
  }

  /** A result is in `attempts.v1`: only now may it enter a checkpoint (lanes.md §4). */
  onReported(report: Report, now: number): void {
    this.#unreported--;
    if (isFinal(report)) for (const record of report.records) this.#progress.resolve(record.offset);
    if (this.#stalled.size > 0 && this.#unreported < this.#settings.unreportedMax * 0.5) this.#unstall(now);
    this.#controlFlow();
  }

  /** The webhook a lane held for was read (or could not be). */
  onRefreshed(endpointId: EndpointId, now: number): void {
    const lane = this.#lanes.get(endpointId);
    if (lane === undefined) return;
    lane.refreshing = false;
    lane.refreshNotBefore = now + this.#settings.refreshPauseMs;
    this.#pump(lane, now);
  }

  /** Everything may have changed: the configuration was loaded anew. */
  onConfigurationReloaded(now: number): void {
    for (const lane of this.#lanes.all()) this.#pump(lane, now);
  }

  /** Something about a webhook of this endpoint changed: configuration, or a trip. */
  onWebhookChanged(endpointId: EndpointId, now: number): void {
    const lane = this.#lanes.get(endpointId);
    if (lane !== undefined) this.#pump(lane, now);
  }

  /** The lease was renewed. */
  onLease(leaseUntil: number, now: number): void {
    this.#leaseUntil = leaseUntil;
    this.#unstall(now);
  }

  onTimer(now: number): void {
    for (let lane = this.#timers.takeDue(now); lane !== undefined; lane = this.#timers.takeDue(now)) {
      this.#pump(lane, now);
    }
  }

  /** No request starts from here on; what runs may end. For a release (lanes.md §4). */
  stop(): void {
    this.#stopping = true;
  }

  /** What to store now; {@link isDirty} is false until something else resolves. */
  checkpoint(): PartitionCheckpoint {
    return this.#progress.checkpoint();
  }

  /** A checkpoint was not stored. */
  markDirty(): void {
    this.#progress.markDirty();
  }

  /** Lanes by state, and the intake time (ms) of the oldest unsettled delivery. Walks all lanes: for metrics. */
  census(now: number): { readonly lanes: LaneCensus; readonly oldestEnqueuedAt: number | undefined } {
    return this.#lanes.census(now);
  }

  #accept(record: LaneRecord, now: number): void {
    const verdict = judge(record.facts, this.#configuration, this.#tripped);
    if (verdict.kind === "settle") {
      this.#report({
        kind: "settled",
        records: [record],
        status: verdict.status,
        reason: verdict.reason,
        at: now,
      });
      return;
    }
    const lane = this.#lanes.getOrAdd(record.facts.endpointId);
    lane.queue.push(record);
    this.#flow.add(1, record.bodyBytes + RECORD_OVERHEAD_BYTES);
    this.#pump(lane, now);
  }

  /** Lets a free lane do what it can now. */
  #pump(lane: Lane, now: number): void {
    while (lane.phase === "free" && !this.#stopping) {
      const move = nextMove(lane, this.#configuration, this.#tripped, now);
      switch (move.kind) {
        case "rest":
          this.#lanes.dropIdle(lane);
          return;
        case "wait":
          this.#timers.wakeAt(lane, move.until);
          return;
        case "hold":
          this.#hold(lane, move.webhookId, now);
          return;
        case "settle": {
          const records = lane.hand?.records ?? lane.queue.take(move.count);
          this.#letGo(lane, records);
          this.#report({ kind: "settled", records, status: move.status, reason: move.reason, at: now });
          break;
        }
        case "begin":
        case "repeat":
          if (!this.#leaseAllows(now) || this.#unreported >= this.#settings.unreportedMax) {
            this.#stalled.add(lane);
            return;
          }
          if (move.kind === "begin")
            lane.hand = { records: lane.queue.take(move.count), batched: move.batched, attempt: 1 };
          this.#send(lane);
      }
    }
  }

  #send(lane: Lane): void {
    const { hand } = lane;
    if (hand === undefined) return;
    lane.phase = "sending";
    lane.ticket = ++this.#tickets;
    this.#inFlight++;
    this.#decide({
      kind: "send",
      endpointId: lane.endpointId,
      ticket: lane.ticket,
      records: hand.records,
      batched: hand.batched,
      attempt: hand.attempt,
    });
  }

  #hold(lane: Lane, webhookId: LaneRecord["webhookId"], now: number): void {
    if (lane.refreshing) return;
    if (now < lane.refreshNotBefore) {
      this.#timers.wakeAt(lane, lane.refreshNotBefore);
      return;
    }
    lane.refreshing = true;
    this.#decide({ kind: "refresh", endpointId: lane.endpointId, webhookId });
  }

  #count(lane: Lane, end: AttemptEnd): void {
    const first = lane.hand?.records[0];
    if (lane.hand === undefined || first === undefined) return;
    const { webhookId, generation, facts, offset } = first;
    if (isGone(end.outcome)) {
      this.#tripped.mark(webhookId, generation);
      this.#decide({ kind: "gone", webhookId, generation });
    }
    lane.phase = "counting";
    lane.failure = end;
    this.#counting++;
    this.#decide({
      kind: "count",
      endpointId: lane.endpointId,
      ticket: lane.ticket,
      workspaceId: facts.workspaceId,
      error: {
        id: `${lane.endpointId}:${this.#identity.logEpoch}:${offset}:${lane.hand.attempt}`,
        webhookId,
        generation,
      },
    });
  }

  #nextAfterFailure(lane: Lane, end: AttemptEnd): AttemptNext {
    const { hand } = lane;
    const first = hand?.records[0];
    if (hand === undefined || first === undefined) return { kind: "delivered" };
    const step = nextStep(end.outcome, hand.attempt, new Date(end.startedAt), this.#settings.retry);
    if (step.kind === "dead_letter") return step;
    if (step.kind !== "retry") throw new RangeError(`a failure cannot lead to ${step.kind}`);
    const verdict = judge(first.facts, this.#configuration, this.#tripped);
    if (verdict.kind === "settle" && verdict.status === "skipped")
      return { kind: "skipped", reason: verdict.reason };
    return { kind: "retrying", dueAt: step.dueAt.getTime() };
  }

  /** Reports an attempt, and lets the request go or freezes it for the next. */
  #finish(lane: Lane, end: AttemptEnd, next: AttemptNext): void {
    const { hand } = lane;
    if (hand === undefined) return;
    const { records, batched, attempt } = hand;
    lane.deferrals = 0;
    lane.refusals = 0;
    if (next.kind === "retrying") {
      hand.attempt = attempt + 1;
      lane.notBefore = next.dueAt;
    } else {
      this.#letGo(lane, records);
    }
    this.#report({ kind: "attempt", records, batched, attempt, end, next });
  }

  /** These records leave the lane, settled. */
  #letGo(lane: Lane, records: readonly LaneRecord[]): void {
    lane.hand = undefined;
    lane.notBefore = 0;
    let bytes = 0;
    for (const record of records) bytes += record.bodyBytes + RECORD_OVERHEAD_BYTES;
    this.#flow.remove(records.length, bytes);
  }

  #report(report: Report): void {
    this.#unreported++;
    this.#decide({ kind: "report", report });
  }

  #leaseAllows(now: number): boolean {
    return now + this.#settings.requestTimeoutMs + this.#settings.leaseGuardMs <= this.#leaseUntil;
  }

  #unstall(now: number): void {
    const lanes = [...this.#stalled];
    this.#stalled.clear();
    for (const lane of lanes) this.#pump(lane, now);
  }

  #controlFlow(): void {
    const change = this.#flow.change(this.#progress.openSpan);
    if (change !== undefined) this.#decide({ kind: change });
  }

  #decide(decision: Decision): void {
    this.#decisions.push(decision);
  }
}
