import type { AttemptEnd, EndpointId } from "@hooklane/core";
import type { Decision, Report } from "./decision.js";
import { type BacklogPage, DurableLanes } from "./durable-lanes.js";
import { FlowControl } from "./flow-control.js";
import type { Intake } from "./intake.js";
import { judge } from "./judge.js";
import type { Lane } from "./lane.js";
import { type LaneCensus, LaneMap } from "./lane-map.js";
import type { Knowledge } from "./lane-move.js";
import { type DeliveryFacts, fromLog, type LaneRecord } from "./lane-record.js";
import { LanePump } from "./lane-pump.js";
import { LaneRequests } from "./lane-requests.js";
import { isReadyToRetry, LaneResults } from "./lane-results.js";
import { LaneTimers } from "./lane-timers.js";
import type { PartitionCheckpoint } from "./partition-checkpoint.js";
import { PartitionProgress } from "./partition-progress.js";
import { toPosition } from "./position.js";
import { RequestEnds } from "./request-ends.js";
import { SendGate } from "./send-gate.js";
import type { LaneSettings } from "./settings.js";

/** The partition an engine works on, as its lease says. */
export interface PartitionIdentity {
  readonly partition: number;
  /** Raised when the log was cut or replaced; positions of different epochs never compare as equal. */
  readonly logEpoch: number;
  /**
   * A stored checkpoint names a record that was read of this log. Until then nothing of it is parked: should the log be
   * replaced before the next owner claims it, nobody could tell, and other records would stand at the same positions.
   */
  readonly isLogSeen: boolean;
}

/** How often lanes that hold the partition back are looked for, milliseconds. */
const RELIEVE_EVERY_MS = 1_000;

/**
 * The delivery engine of one leased partition (lanes.md §5, §6): data in, decisions out. It keeps one ordered lane an
 * endpoint, with one request in flight; a lane that fails or holds the partition back goes on from the durable backlog.
 * No I/O, clock or chance: times are milliseconds of one monotonic clock given by the caller, who carries the decisions
 * out and tells how they ended. What was decided is taken with {@link takeDecisions} after every call.
 */
export class PartitionLanes {
  readonly #settings: LaneSettings;
  readonly #knowledge: Knowledge;
  readonly #logEpoch: number;
  readonly #progress: PartitionProgress;
  readonly #lanes = new LaneMap();
  readonly #timers = new LaneTimers();
  readonly #requests = new LaneRequests();
  readonly #gate: SendGate;
  readonly #flow: FlowControl;
  readonly #durable: DurableLanes;
  readonly #results: LaneResults;
  readonly #pump: LanePump;
  readonly #ends: RequestEnds;
  #relieveAt: number | undefined;
  #decisions: Decision[] = [];

  /** @param leaseUntil no request outlives this time (ms) */
  constructor(
    { logEpoch, isLogSeen }: PartitionIdentity,
    start: PartitionCheckpoint,
    settings: LaneSettings,
    knowledge: Knowledge,
    leaseUntil: number,
  ) {
    this.#settings = settings;
    this.#knowledge = knowledge;
    this.#logEpoch = logEpoch;
    this.#progress = new PartitionProgress(start);
    this.#gate = new SendGate(settings, leaseUntil);
    this.#flow = new FlowControl(settings);
    const lanes = this.#lanes;
    const progress = this.#progress;
    const flow = this.#flow;
    const gate = this.#gate;
    const timers = this.#timers;
    const requests = this.#requests;
    const decide = (decision: Decision): void => this.#decide(decision);
    const durable = new DurableLanes({
      logEpoch,
      isLogSeen,
      settings,
      knowledge,
      lanes,
      progress,
      flow,
      decide,
    });
    const results = new LaneResults({ logEpoch, lanes, progress, flow, gate, decide });
    this.#durable = durable;
    this.#results = results;
    const pump = new LanePump({ knowledge, lanes, timers, requests, gate, durable, results, decide });
    this.#pump = pump;
    this.#ends = new RequestEnds({
      settings,
      knowledge,
      lanes,
      requests,
      gate,
      durable,
      results,
      pump,
      decide,
    });
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

  /** What is held in memory of the log: in lanes, on its way to the backlog, or settled by a result not acknowledged. */
  get queued(): { readonly records: number; readonly bytes: number } {
    return this.#flow.held;
  }

  /** When {@link onTimer} is to be called, or undefined. */
  get dueAt(): number | undefined {
    const never = Infinity;
    const earliest = Math.min(
      this.#timers.earliest ?? never,
      this.#durable.dueAt ?? never,
      this.#relieveAt ?? never,
    );
    return earliest === never ? undefined : earliest;
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

  /** Goes on where the former owner's checkpoint ends; to be called once, before anything else. */
  start({ lanes }: PartitionCheckpoint, now: number): void {
    this.#durable.restore(lanes, now);
    this.#pump.pumpAll([...this.#lanes.durable()], now);
  }

  /** Intake of one record (lanes.md §5). `body` is kept: not a slice of a fetch buffer. */
  onRecord(offset: number, facts: DeliveryFacts, body: Uint8Array, now: number): Intake {
    const place = this.#progress.placeOf(offset);
    if (place !== "next") return place;
    if (!this.#progress.takeIn(facts.source)) return "resolved";
    const lane = this.#lanes.getOrAdd(facts.endpointId);
    const record = fromLog({ position: toPosition(this.#logEpoch, offset), facts, body }, now);
    if (lane.durable !== undefined && record.position <= lane.durable.cursor) {
      this.#progress.resolve(offset);
      return "resolved";
    }
    this.#flow.add(record);
    this.#relieveAt ??= now + RELIEVE_EVERY_MS;
    this.#accept(lane, record, now);
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
    return this.#ends.mayStart(endpointId, ticket, now);
  }

  /** The request did not leave: {@link mayStart} refused it. It is not an attempt. */
  onRefused(endpointId: EndpointId, ticket: number, now: number): void {
    this.#ends.onRefused(endpointId, ticket, now);
  }

  /** The request ended. */
  onSettled(endpointId: EndpointId, ticket: number, end: AttemptEnd, now: number): void {
    this.#ends.onSettled(endpointId, ticket, end, now);
  }

  /** The error was counted, and what its trips name is marked as tripped (lanes.md §7). */
  onCounted(endpointId: EndpointId, ticket: number, now: number): void {
    this.#ends.onCounted(endpointId, ticket, now);
  }

  /** A result is in `attempts.v1`: only now may it enter a checkpoint (lanes.md §4). */
  onReported(report: Report, now: number): void {
    const lane = this.#results.onReported(report);
    if (lane !== undefined) {
      if (isReadyToRetry(lane)) this.#durable.enterRetry(lane, now);
      if (lane.durable !== undefined) this.#pump.pump(lane, now);
      else this.#lanes.dropIdle(lane);
    }
    this.#pump.pumpAll(this.#gate.onReported(), now);
    this.#controlFlow();
  }

  /** What a {@link ParkDecision} named is in the backlog. */
  onParked(now: number): void {
    this.#pump.pumpAll(this.#durable.onParked(), now);
    this.#durable.flush(now);
    this.#controlFlow();
  }

  /** What a {@link ReadDecision} asked for. */
  onPage(endpointId: EndpointId, ticket: number, page: BacklogPage, now: number): void {
    const lane = this.#durable.takePage(endpointId, ticket, page, now);
    if (lane !== undefined) this.#pump.pump(lane, now);
  }

  /** The webhook a lane held for was read (or could not be). */
  onRefreshed(endpointId: EndpointId, now: number): void {
    const lane = this.#lanes.get(endpointId);
    if (lane === undefined) return;
    lane.refreshing = false;
    lane.refreshNotBefore = now + this.#settings.refreshPauseMs;
    this.#pump.pump(lane, now);
  }

  /** Everything may have changed: the configuration was loaded anew. */
  onConfigurationReloaded(now: number): void {
    for (const lane of this.#lanes.all()) this.#lookAgain(lane, now);
  }

  /** Something about a webhook of this endpoint changed: configuration, or a trip. */
  onWebhookChanged(endpointId: EndpointId, now: number): void {
    const lane = this.#lanes.get(endpointId);
    if (lane !== undefined) this.#lookAgain(lane, now);
  }

  /** The lease was renewed. */
  onLease(leaseUntil: number, now: number): void {
    this.#pump.pumpAll(this.#gate.onLease(leaseUntil), now);
  }

  /** A checkpoint was stored that names a record read of this log; {@link PartitionIdentity.isLogSeen}. */
  onLogSeen(now: number): void {
    this.#durable.onLogSeen();
    this.#durable.flush(now);
  }

  /** A checkpoint was stored, with exactly this content. */
  onStored(checkpoint: PartitionCheckpoint, now: number): void {
    this.#durable.onStored(checkpoint, now);
  }

  onTimer(now: number): void {
    if (this.#relieveAt !== undefined && now >= this.#relieveAt) {
      this.#relieveAt = this.#flow.held.records > 0 ? now + RELIEVE_EVERY_MS : undefined;
      this.#pump.pumpAll(this.#durable.relieve(now), now);
    }
    for (let lane = this.#timers.takeDue(now); lane !== undefined; lane = this.#timers.takeDue(now)) {
      this.#pump.pump(lane, now);
    }
    this.#durable.flush(now);
  }

  /** No request starts from here on; what runs may end. For a release (lanes.md §4). */
  stop(): void {
    this.#gate.stop();
  }

  /** What to store now; {@link isDirty} is false until something changes. */
  checkpoint(): PartitionCheckpoint {
    return { ...this.#progress.snapshot(), lanes: this.#durable.snapshot() };
  }

  /** A checkpoint was not stored. */
  markDirty(): void {
    this.#progress.markDirty();
  }

  /** Lanes by state, and the intake time (ms) of the oldest unresolved delivery. Walks all lanes: for metrics. */
  census(now: number): { readonly lanes: LaneCensus; readonly oldestEnqueuedAt: number | undefined } {
    return this.#lanes.census(now);
  }

  #accept(lane: Lane, record: LaneRecord, now: number): void {
    const { configuration, tripped } = this.#knowledge;
    const verdict = judge(record.facts, configuration, tripped);
    if (verdict.kind === "settle") {
      const { status, reason } = verdict;
      this.#results.report(lane, { kind: "settled", records: [record], status, reason, at: now });
      return;
    }
    if (lane.durable === undefined) lane.queue.push(record);
    else this.#durable.take(lane, lane.durable, record, now);
    this.#pump.pump(lane, now);
  }

  #lookAgain(lane: Lane, now: number): void {
    if (lane.durable !== undefined) lane.durable.needsJudging = true;
    this.#pump.pump(lane, now);
  }

  #controlFlow(): void {
    const change = this.#flow.change(this.#progress.openSpan);
    if (change !== undefined) this.#decide({ kind: change });
  }

  #decide(decision: Decision): void {
    this.#decisions.push(decision);
  }
}
