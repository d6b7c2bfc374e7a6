import { type EndpointId, isGone } from "@hooklane/core";
import { nextAfterFailure } from "./after-failure.js";
import type { AttemptEnd, AttemptNext, Decision, Report } from "./decision.js";
import { isFinal } from "./decision.js";
import { FlowControl } from "./flow-control.js";
import type { Intake } from "./intake.js";
import { type ConfigurationView, judge } from "./judge.js";
import type { Hand, Lane } from "./lane.js";
import { type LaneCensus, LaneMap } from "./lane-map.js";
import { nextMove } from "./lane-move.js";
import type { DeliveryFacts, LaneRecord } from "./lane-record.js";
import { LaneRequests } from "./lane-requests.js";
import { LaneTimers } from "./lane-timers.js";
import { type PartitionCheckpoint, PartitionProgress } from "./partition-progress.js";
import { SendGate } from "./send-gate.js";
import type { LaneSettings } from "./settings.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

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
  readonly #settings: LaneSettings;
  readonly #configuration: ConfigurationView;
  readonly #tripped: TrippedWebhooks;
  readonly #progress: PartitionProgress;
  readonly #lanes = new LaneMap();
  readonly #timers = new LaneTimers();
  readonly #requests: LaneRequests;
  readonly #gate: SendGate;
  readonly #flow: FlowControl;
  #decisions: Decision[] = [];

  /** @param leaseUntil no request outlives this time (ms) */
  constructor(
    identity: PartitionIdentity,
    start: PartitionCheckpoint,
    settings: LaneSettings,
    knowledge: { readonly configuration: ConfigurationView; readonly tripped: TrippedWebhooks },
    leaseUntil: number,
  ) {
    this.#settings = settings;
    this.#configuration = knowledge.configuration;
    this.#tripped = knowledge.tripped;
    this.#progress = new PartitionProgress(start);
    this.#requests = new LaneRequests(identity.logEpoch);
    this.#gate = new SendGate(settings, leaseUntil);
    this.#flow = new FlowControl(settings);
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
    const { inFlight, counting } = this.#requests;
    return { inFlight, counting, unreported: this.#gate.unreported };
  }

  /** What is held in memory: in lanes, or settled by a result that is not yet acknowledged. */
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
    const { webhookId, generation } = facts;
    const record = { offset, facts, body, webhookId, generation, enqueuedAt: now, bodyBytes: body.length };
    this.#flow.add(record);
    this.#accept(record, now);
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
    this.#controlFlow();
  }

  /**
   * Asked again in the tick that writes the request's bytes, as connecting takes time: lease, status and breaker
   * (lanes.md §4).
   */
  mayStart(endpointId: EndpointId, ticket: number, now: number): boolean {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    const last = lane?.hand?.records.at(-1);
    if (last === undefined || !this.#gate.allows(now)) return false;
    return judge(last.facts, this.#configuration, this.#tripped).kind === "send";
  }

  /** The request did not leave: {@link mayStart} refused it. It is not an attempt. */
  onRefused(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    if (lane === undefined) return;
    this.#requests.end(lane);
    // What refused it is known here too, so it is not decided again; should the two disagree, it must not spin.
    if (++lane.refusals > 1) lane.notBefore = Math.max(lane.notBefore, now + this.#settings.refusedPauseMs);
    this.#pump(lane, now);
  }

  /** The request ended. */
  onSettled(endpointId: EndpointId, ticket: number, end: AttemptEnd, now: number): void {
    const lane = this.#lanes.awaiting("sending", endpointId, ticket);
    if (lane?.hand === undefined) return;
    this.#requests.end(lane);
    switch (end.outcome.kind) {
      case "succeeded":
        this.#finish(lane, end, { kind: "delivered" });
        this.#pump(lane, now);
        return;
      case "own_fault": {
        const { deferFirstMs, deferMaxMs } = this.#settings;
        lane.notBefore = now + Math.min(deferMaxMs, deferFirstMs * 2 ** Math.min(lane.deferrals++, 20));
        this.#decide({ kind: "deferred", endpointId, fault: end.outcome.fault, until: lane.notBefore });
        this.#pump(lane, now);
        return;
      }
      case "failed":
        this.#ban(lane.hand, end);
        this.#decide(this.#requests.beginCount(lane, lane.hand, end));
    }
  }

  /** The error was counted, and what its trips name is marked as tripped (lanes.md §7). */
  onCounted(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#lanes.awaiting("counting", endpointId, ticket);
    if (lane?.hand === undefined) return;
    const end = this.#requests.endCount(lane);
    if (end === undefined) return;
    const knowledge = { configuration: this.#configuration, tripped: this.#tripped };
    this.#finish(lane, end, nextAfterFailure(lane.hand, end, this.#settings.retry, knowledge));
    this.#pump(lane, now);
  }

  /** A result is in `attempts.v1`: only now may it enter a checkpoint (lanes.md §4). */
  onReported(report: Report, now: number): void {
    if (isFinal(report)) {
      for (const record of report.records) {
        this.#progress.resolve(record.offset);
        this.#flow.remove(record);
      }
    }
    this.#pumpAll(this.#gate.onReported(), now);
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
    this.#pumpAll(this.#lanes.all(), now);
  }

  /** Something about a webhook of this endpoint changed: configuration, or a trip. */
  onWebhookChanged(endpointId: EndpointId, now: number): void {
    const lane = this.#lanes.get(endpointId);
    if (lane !== undefined) this.#pump(lane, now);
  }

  /** The lease was renewed. */
  onLease(leaseUntil: number, now: number): void {
    this.#pumpAll(this.#gate.onLease(leaseUntil), now);
  }

  onTimer(now: number): void {
    for (let lane = this.#timers.takeDue(now); lane !== undefined; lane = this.#timers.takeDue(now)) {
      this.#pump(lane, now);
    }
  }

  /** No request starts from here on; what runs may end. For a release (lanes.md §4). */
  stop(): void {
    this.#gate.stop();
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
      const { status, reason } = verdict;
      this.#report({ kind: "settled", records: [record], status, reason, at: now });
      return;
    }
    const lane = this.#lanes.getOrAdd(record.facts.endpointId);
    lane.queue.push(record);
    this.#pump(lane, now);
  }

  /** Lets a free lane do what it can now. */
  #pump(lane: Lane, now: number): void {
    while (lane.phase === "free" && !this.#gate.isStopped) {
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
          letGo(lane);
          this.#report({ kind: "settled", records, status: move.status, reason: move.reason, at: now });
          break;
        }
        case "begin":
        case "repeat":
          if (!this.#gate.admits(lane, now)) return;
          if (move.kind === "begin")
            lane.hand = { records: lane.queue.take(move.count), batched: move.batched, attempt: 1 };
          if (lane.hand !== undefined) this.#decide(this.#requests.begin(lane, lane.hand));
      }
    }
  }

  #pumpAll(lanes: readonly Lane[], now: number): void {
    for (const lane of lanes) this.#pump(lane, now);
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

  /** A receiver that says it is gone is sent nothing more of this generation, from here on. */
  #ban({ records: [first] }: Hand, { outcome }: AttemptEnd): void {
    if (first === undefined || !isGone(outcome)) return;
    const { webhookId, generation } = first;
    this.#tripped.mark(webhookId, generation);
    this.#decide({ kind: "gone", webhookId, generation });
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
      letGo(lane);
    }
    this.#report({ kind: "attempt", records, batched, attempt, end, next });
  }

  #report(report: Report): void {
    this.#gate.onReport();
    this.#decide({ kind: "report", report });
  }

  #controlFlow(): void {
    const change = this.#flow.change(this.#progress.openSpan);
    if (change !== undefined) this.#decide({ kind: change });
  }

  #decide(decision: Decision): void {
    this.#decisions.push(decision);
  }
}

/** The request in hand is settled. */
function letGo(lane: Lane): void {
  lane.hand = undefined;
  lane.notBefore = 0;
}
