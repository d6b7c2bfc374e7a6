import type { AttemptEnd, EndpointId, WebhookGeneration, WebhookId, WorkspaceId } from "@hooklane/core";
import type {
  BacklogDeletion,
  BacklogPage,
  CountDecision,
  Decision,
  PartitionCheckpoint,
  PartitionLanes,
  ReadDecision,
  Report,
  SendDecision,
  StoredDelivery,
} from "@hooklane/lanes";
import type { Clock } from "@hooklane/service";
import type { ExchangeOwner, OpenRequest } from "@hooklane/outbound";
import { LEASE_GUARD_MS, type LeaseTime } from "./lease-time.js";
import { WatermarkAge } from "./watermark-age.js";

/** What nobody else deletes from a partition's backlog is looked for once in so long, milliseconds. */
const COLLECT_LEFTOVERS_EVERY_MS = 600_000;

/** What the lanes of a partition need done. */
export interface RunnerActions {
  send(decision: SendDecision, owner: ExchangeOwner): OpenRequest | undefined;
  /** A request ended. For metrics and traces. @param isGivenUp its partition was, and nobody tells what follows */
  ended(decision: SendDecision, end: AttemptEnd, isGivenUp: boolean): void;
  /** Resolves false when the process stops before it was counted. */
  count(decision: CountDecision): Promise<boolean>;
  /** Reads one webhook; does not reject. */
  refresh(webhookId: WebhookId): Promise<void>;
  gone(webhook: WebhookGeneration): void;
  report(workspaceId: WorkspaceId, report: Report, epoch: number, acknowledged: () => void): void;
  deferred(decision: Extract<Decision, { kind: "deferred" }>): void;
  /** Resolves once it is stored; rejects when the partition is given up. */
  park(
    place: { readonly partition: number; readonly epoch: number },
    deliveries: readonly StoredDelivery[],
    signal: AbortSignal,
  ): Promise<void>;
  /** Rejects when the partition is given up. */
  read(partition: number, read: ReadDecision, signal: AbortSignal): Promise<BacklogPage>;
  /** Deletes from the backlog what lanes that are live in this checkpoint have left behind. */
  collectLeftovers(partition: number, logEpoch: number, stored: PartitionCheckpoint): void;
  collect(partition: number, deletions: readonly BacklogDeletion[]): void;
  moved(partition: number, decision: Extract<Decision, { kind: "moved" }>): void;
  /** A request did not leave: refused in the tick it would have been written. */
  refused(decision: SendDecision): void;
  pause(partition: number): void;
  resume(partition: number): void;
}

/**
 * Carries out what the lanes of one owned partition decide, and tells them how it ended. The only place that calls the
 * engine, so that every decision is carried out before the next call returns.
 */
export class PartitionRunner {
  readonly partition: number;
  readonly epoch: number;
  readonly #lanes: PartitionLanes;
  readonly #lease: LeaseTime;
  readonly #actions: RunnerActions;
  readonly #clock: Clock;
  readonly #requestTimeoutMs: number;
  readonly #open = new Set<number>();
  readonly #requests = new Map<number, OpenRequest>();
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #isCarryingOut = false;
  readonly #logEpoch: number;
  #collectLeftoversAt = -Infinity;
  readonly #discarded = new AbortController();
  readonly #watermarkAge = new WatermarkAge();
  #lastWrittenAt: number | undefined;
  #isPaused = false;

  constructor(
    place: { readonly partition: number; readonly epoch: number; readonly logEpoch: number },
    lanes: PartitionLanes,
    lease: LeaseTime,
    actions: RunnerActions,
    { clock, requestTimeoutMs }: { readonly clock: Clock; readonly requestTimeoutMs: number },
  ) {
    this.partition = place.partition;
    this.epoch = place.epoch;
    this.#logEpoch = place.logEpoch;
    this.#lanes = lanes;
    this.#lease = lease;
    this.#actions = actions;
    this.#clock = clock;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /** For reading; changes go through {@link run}. */
  get lanes(): Pick<
    PartitionLanes,
    "next" | "committed" | "pending" | "queued" | "isDirty" | "census" | "checkpoint" | "markDirty"
  > {
    return this.#lanes;
  }

  get lease(): LeaseTime {
    return this.#lease;
  }

  get isDiscarded(): boolean {
    return this.#discarded.signal.aborted;
  }

  /** Nothing is fetched: too much of it is held in memory. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** How long the record at the watermark has been with us, milliseconds; 0 when everything taken in is resolved. */
  get watermarkAgeMs(): number {
    return this.#watermarkAge.ageMs(this.#lanes, this.#clock.now());
  }

  /** Requests that have not ended yet, also once discarded. */
  get openRequests(): number {
    return this.#open.size;
  }

  /** Tells the lanes something and carries out what they decide; nothing once discarded. */
  run(tell: (lanes: PartitionLanes, now: number) => void): void {
    if (this.isDiscarded) return;
    try {
      tell(this.#lanes, this.#clock.now());
      if (this.#isCarryingOut) return;
      this.#isCarryingOut = true;
      for (let decisions = this.#lanes.takeDecisions(); decisions.length > 0;) {
        for (const decision of decisions) this.#carryOut(decision);
        decisions = this.#lanes.takeDecisions();
      }
      this.#isCarryingOut = false;
      this.#armTimer();
    } catch (defect) {
      // Called from inside undici, which would keep it to itself. The state is in doubt: end the process, and recover.
      setImmediate(() => {
        throw defect;
      });
    }
  }

  /** When the record taken in last was written to the log, milliseconds since 1970; undefined before the first. */
  get lastWrittenAt(): number | undefined {
    return this.#lastWrittenAt;
  }

  /**
   * Records from `first` on were taken in just now.
   *
   * @param lastWrittenAt when the last of them was written to the log, milliseconds since 1970
   */
  onTakenIn(first: number, lastWrittenAt: number | undefined): void {
    this.#lastWrittenAt = lastWrittenAt ?? this.#lastWrittenAt;
    this.#watermarkAge.onTakenIn(first, this.#lanes, this.#clock.now());
  }

  /**
   * A checkpoint was stored. After the first of a claim, what former owners left in the backlog is deleted; and again
   * later: what they parked above that watermark, and what a deletion that failed has left. It would grow old in the
   * backlog of a healthy endpoint, and disable it (lanes.md §8).
   */
  onStored(checkpoint: PartitionCheckpoint): void {
    this.run((lanes, now) => lanes.onStored(checkpoint, now));
    const now = this.#clock.now();
    if (now < this.#collectLeftoversAt) return;
    this.#collectLeftoversAt = now + COLLECT_LEFTOVERS_EVERY_MS;
    this.#actions.collectLeftovers(this.partition, this.#logEpoch, checkpoint);
  }

  /** Nothing starts any more; what runs may end. */
  stop(): void {
    this.run((lanes) => lanes.stop());
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
  }

  /** Cuts what is on its way; its outcome is our own fault, and counts for nothing. */
  abortRequests(): void {
    for (const request of [...this.#requests.values()]) request.abort();
  }

  /** The partition is somebody else's: nothing of it is decided, reported or stored from here on. */
  discard(): void {
    this.#discarded.abort();
    clearTimeout(this.#timer);
    this.abortRequests();
    this.#requests.clear();
  }

  #carryOut(decision: Decision): void {
    switch (decision.kind) {
      case "send":
        this.#send(decision);
        return;
      case "count":
        void this.#count(decision);
        return;
      case "report":
        this.#report(decision.report);
        return;
      case "refresh":
        void this.#refresh(decision.endpointId, decision.webhookId);
        return;
      case "gone":
        this.#actions.gone(decision);
        return;
      case "deferred":
        this.#actions.deferred(decision);
        return;
      case "park":
        void this.#park(decision.records);
        return;
      case "read":
        void this.#read(decision);
        return;
      case "collect":
        this.#actions.collect(this.partition, decision.deletions);
        return;
      case "moved":
        this.#actions.moved(this.partition, decision);
        return;
      case "pause":
        this.#isPaused = true;
        this.#actions.pause(this.partition);
        return;
      case "resume":
        this.#isPaused = false;
        this.#actions.resume(this.partition);
    }
  }

  #send(decision: SendDecision): void {
    const { endpointId, ticket } = decision;
    this.#open.add(ticket);
    const request = this.#actions.send(decision, {
      mayStart: () => this.#mayStart(endpointId, ticket),
      onRefused: () => {
        this.#forget(ticket);
        this.#actions.refused(decision);
        this.run((lanes, now) => {
          // The wall clock may have run ahead of the one the lanes know the lease by.
          lanes.onLease(Math.min(this.#lease.until, now + this.#lease.leftMs), now);
          lanes.onRefused(endpointId, ticket, now);
        });
      },
      onEnd: (end) => {
        this.#forget(ticket);
        this.#actions.ended(decision, end, this.isDiscarded);
        this.run((lanes, now) => lanes.onSettled(endpointId, ticket, end, now));
      },
    });
    // It may have ended before it was returned.
    if (request !== undefined && this.#open.has(ticket)) this.#requests.set(ticket, request);
  }

  #forget(ticket: number): void {
    this.#open.delete(ticket);
    this.#requests.delete(ticket);
  }

  #mayStart(endpointId: EndpointId, ticket: number): boolean {
    if (this.isDiscarded || this.#lease.leftMs < this.#requestTimeoutMs + LEASE_GUARD_MS) return false;
    return this.#lanes.mayStart(endpointId, ticket, this.#clock.now());
  }

  async #count(decision: CountDecision): Promise<void> {
    const { endpointId, ticket } = decision;
    if (await this.#actions.count(decision))
      this.run((lanes, now) => lanes.onCounted(endpointId, ticket, now));
  }

  async #refresh(endpointId: EndpointId, webhookId: WebhookId): Promise<void> {
    await this.#actions.refresh(webhookId);
    this.run((lanes, now) => lanes.onRefreshed(endpointId, now));
  }

  async #park(deliveries: readonly StoredDelivery[]): Promise<void> {
    const { signal } = this.#discarded;
    if (await isDone(this.#actions.park(this, deliveries, signal), signal))
      this.run((lanes, now) => lanes.onParked(now));
  }

  async #read(decision: ReadDecision): Promise<void> {
    const { signal } = this.#discarded;
    const { endpointId, ticket } = decision;
    const reading = this.#actions.read(this.partition, decision, signal);
    if (!(await isDone(reading, signal))) return;
    const page = await reading;
    this.run((lanes, now) => lanes.onPage(endpointId, ticket, page, now));
  }

  #report(report: Report): void {
    const workspaceId = report.records[0]?.facts.workspaceId;
    if (workspaceId === undefined) return;
    this.#actions.report(workspaceId, report, this.epoch, () =>
      this.run((lanes, now) => lanes.onReported(report, now)),
    );
  }

  #armTimer(): void {
    const dueAt = this.#lanes.dueAt ?? Infinity;
    if (dueAt >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = dueAt;
    this.#timer = setTimeout(
      () => {
        this.#timerAt = Infinity;
        this.run((lanes, now) => lanes.onTimer(now));
      },
      Math.max(0, dueAt - this.#clock.now()),
    );
  }
}

/** False when it ended because the partition was given up. */
async function isDone(call: Promise<unknown>, discarded: AbortSignal): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (discarded.aborted) return false;
    throw error;
  }
}
