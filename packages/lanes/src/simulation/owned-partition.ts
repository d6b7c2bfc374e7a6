import type { Decision } from "../decision.js";
import type { ConfigurationView } from "../judge.js";
import type { LeaveCause } from "../ownership/lease-decision.js";
import { type Instant, LEASE_MS, leaseLeftMs, mayStartRequest } from "../ownership/lease.js";
import type { SeenRecord } from "../ownership/resume-point.js";
import type { PartitionCheckpoint } from "../partition-checkpoint.js";
import { PartitionLanes } from "../partition-lanes.js";
import type { StoredLane } from "../stored-lane.js";
import { LaneCalls } from "./lane-calls.js";
import type { PartitionContent, PartitionDocument } from "./database.js";
import type { DispatcherProcess } from "./dispatcher-process.js";
import { Exchanges } from "./exchanges.js";
import { Fetcher } from "./fetcher.js";
import { LeaseDriver } from "./lease-driver.js";
import type { PartitionOwner } from "./partition-owner.js";
import { REQUEST_TIMEOUT_MS } from "./receivers.js";
import { SETTINGS } from "./settings.js";

/** A lease as a claim gave it, and what of it to go on from. */
export interface OpenedPartition {
  readonly since: Instant;
  readonly document: PartitionDocument;
  /** The database's clock less the monotonic one of the process, milliseconds. */
  readonly databaseAheadMs: number;
}

interface Checkpoint {
  readonly lanes: PartitionCheckpoint;
  readonly seen: SeenRecord | null;
}

/** A partition that a dispatcher owns: its lanes, its lease, what it fetches and sends. */
export class OwnedPartition implements PartitionOwner {
  readonly process: DispatcherProcess;
  readonly partition: number;
  readonly epoch: number;
  readonly logEpoch: number;
  readonly lanes: PartitionLanes;
  readonly #lease: LeaseDriver<Checkpoint>;
  readonly #exchanges: Exchanges;
  readonly #calls: LaneCalls;
  readonly #fetcher: Fetcher;
  readonly #start: PartitionCheckpoint;
  #leaseFrom: Instant;
  #isDiscarded = false;
  #wakeAt = Infinity;

  constructor(process: DispatcherProcess, { since, document, databaseAheadMs }: OpenedPartition) {
    this.process = process;
    this.partition = document.partition;
    this.epoch = document.epoch;
    this.logEpoch = document.logEpoch;
    this.#leaseFrom = since;
    this.#start = shiftTimes(document, -databaseAheadMs);
    const { copy, deletedContacts, tripped } = process;
    const configuration: ConfigurationView = {
      webhook: (id) => copy.get(id),
      isContactDeleted: (id) => deletedContacts.has(id),
    };
    this.lanes = new PartitionLanes(
      { partition: this.partition, logEpoch: this.logEpoch, isLogSeen: document.seen !== null },
      this.#start,
      SETTINGS,
      { configuration, tripped },
      since.mono + LEASE_MS,
    );
    this.#exchanges = new Exchanges(this);
    this.#calls = new LaneCalls(this);
    this.#fetcher = new Fetcher(this, document.seen);
    this.#lease = this.#keepLease(document, databaseAheadMs);
  }

  /** Process and epoch: whom a request is from. */
  get by(): string {
    return `${this.process.id}/${this.epoch}`;
  }

  get isDiscarded(): boolean {
    return this.#isDiscarded;
  }

  start(): void {
    this.tell((lanes, now) => lanes.start(this.#start, now));
    this.#fetcher.start();
    this.#lease.start();
  }

  release(): void {
    this.#lease.release();
  }

  /** The log does not fit what was read of it. */
  drop(): void {
    this.process.world.trace(this.by, () => `sees that the log of ${this.partition} was cut`);
    this.#lease.drop();
  }

  onProcessEnd(): void {
    this.#isDiscarded = true;
  }

  /** Tells the lanes something and carries out what they decide; nothing once discarded. */
  tell(tell: (lanes: PartitionLanes, now: number) => void): void {
    if (this.#isDiscarded) return;
    tell(this.lanes, this.process.clock.mono);
    for (
      let decisions = this.lanes.takeDecisions();
      decisions.length > 0;
      decisions = this.lanes.takeDecisions()
    )
      for (const decision of decisions) this.#carryOut(decision);
    this.#armTimer();
  }

  /** Asked in the tick that writes the bytes of a request. */
  mayStart(endpointId: Parameters<PartitionLanes["mayStart"]>[0], ticket: number): boolean {
    const { clock } = this.process;
    if (this.#isDiscarded || !mayStartRequest(this.#leaseFrom, clock, REQUEST_TIMEOUT_MS)) return false;
    return this.lanes.mayStart(endpointId, ticket, clock.mono);
  }

  /** By both clocks: the wall clock may have run ahead of the one the lanes know the lease by. */
  get leaseUntil(): number {
    const { clock } = this.process;
    return Math.min(this.#leaseFrom.mono + LEASE_MS, clock.mono + leaseLeftMs(this.#leaseFrom, clock));
  }

  #carryOut(decision: Decision): void {
    const { world } = this.process;
    switch (decision.kind) {
      case "send":
        this.#exchanges.send(decision);
        return;
      case "pause":
      case "resume":
        this.#fetcher.setPaused(decision.kind === "pause");
        return;
      case "moved":
        if (decision.to === "live") world.statistics.caughtUp++;
        world.trace(this.by, () => `${decision.endpointId} is ${decision.to} (${decision.cause})`);
        return;
      case "deferred":
        return;
      case "count":
      case "report":
      case "refresh":
      case "gone":
      case "park":
      case "read":
      case "collect":
        this.#calls.make(decision);
    }
  }

  #armTimer(): void {
    const { dueAt } = this.lanes;
    if (dueAt === undefined || dueAt >= this.#wakeAt) return;
    this.#wakeAt = dueAt;
    this.process.later(Math.max(0, dueAt - this.process.clock.mono), () => {
      if (this.#wakeAt === dueAt) this.#wakeAt = Infinity;
      this.tell((lanes, now) => lanes.onTimer(now));
    });
  }

  #keepLease(document: PartitionDocument, databaseAheadMs: number): LeaseDriver<Checkpoint> {
    const { lanes, partition, epoch, process } = this;
    const { clusterId, logEpoch } = document;
    const pending = () =>
      this.#isDiscarded ? { inFlight: this.#exchanges.open, counting: 0, unreported: 0 } : lanes.pending;
    const toContent = ({ lanes: checkpoint, seen }: Checkpoint): PartitionContent => ({
      ...shiftTimes(checkpoint, databaseAheadMs),
      clusterId,
      logEpoch,
      seen,
    });
    return new LeaseDriver<Checkpoint>(
      process,
      { partition, epoch, since: this.#leaseFrom },
      {
        get isDirty() {
          return lanes.isDirty;
        },
        checkpoint: () => ({ lanes: lanes.checkpoint(), seen: this.#fetcher.seen }),
        markDirty: () => lanes.markDirty(),
        get pending() {
          return pending();
        },
      },
      toContent,
      {
        onRenewed: (since) => {
          this.#leaseFrom = since;
          this.tell((each, now) => each.onLease(this.leaseUntil, now));
        },
        onStored: ({ lanes: checkpoint, seen }) =>
          this.tell((each, now) => {
            if (seen !== null) each.onLogSeen(now);
            each.onStored(checkpoint, now);
          }),
        onStop: () => {
          this.#fetcher.stop();
          this.tell((each) => each.stop());
        },
        onAbort: () => this.#exchanges.abort(),
        onDiscard: (cause) => this.#discard(cause),
        onEnded: () => process.onEnded(partition),
      },
    );
  }

  #discard(cause: LeaveCause): void {
    const { world } = this.process;
    world.trace(this.by, () => `leaves ${this.partition}: ${cause}`);
    if (cause === "fenced") world.statistics.fenced++;
    if (cause === "released") world.statistics.released++;
    this.#fetcher.stop();
    this.#isDiscarded = true;
    this.#exchanges.abort();
    this.process.onLeaving(this.partition);
  }
}

/** Times of stored lanes are of the database's clock, those of the engine of the process's monotonic one. */
function shiftTimes(
  { committed, done, sources, lanes }: PartitionCheckpoint,
  byMs: number,
): PartitionCheckpoint {
  const shift = (at: number | undefined) => (at === undefined ? undefined : at + byMs);
  const shiftLane = (lane: StoredLane): StoredLane => ({
    ...lane,
    firstAttemptAt: shift(lane.firstAttemptAt),
    nextAt: shift(lane.nextAt),
  });
  const shifted = Object.entries(lanes).map(([id, lane]) => [id, shiftLane(lane)] as const);
  return { committed, done, sources, lanes: Object.fromEntries(shifted) };
}
