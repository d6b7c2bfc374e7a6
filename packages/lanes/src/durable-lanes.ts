import { asEndpointId, type EndpointId } from "@hooklane/core";
import { BacklogCollection } from "./backlog-collection.js";
import type { Decision, ParkDecision } from "./decision.js";
import { DurableState } from "./durable-state.js";
import { isRecordedUpTo, shouldReadAhead } from "./drain-move.js";
import type { FlowControl } from "./flow-control.js";
import { judge } from "./judge.js";
import type { Lane } from "./lane.js";
import type { LaneMap } from "./lane-map.js";
import type { Knowledge } from "./lane-move.js";
import { fromBacklog, type LaneRecord, type StoredDelivery } from "./lane-record.js";
import type { OverflowCause } from "./lane-state.js";
import { findFattest, isOverdue } from "./overflow.js";
import { ParkBuffer } from "./park-buffer.js";
import type { PartitionCheckpoint } from "./partition-checkpoint.js";
import type { PartitionProgress } from "./partition-progress.js";
import { type Position, toPosition } from "./position.js";
import type { LaneSettings } from "./settings.js";
import { restoreLane, type StoredLane, toStoredLane } from "./stored-lane.js";

/** A page of a lane's backlog, in order. */
export interface BacklogPage {
  readonly records: readonly StoredDelivery[];
  /** There is nothing more in the range that was asked for. */
  readonly isComplete: boolean;
}

/** The smallest page, bytes: with very many lanes behind each other, progress comes before the budget. */
const PAGE_BYTES_MIN = 32 * 1024;
/** A request that is made again is read whole: a batch is not larger (product.md D8), plus what was skipped between. */
const RETRY_READ = { recordsMax: 1_000, bytesMax: 16 * 1024 * 1024 };
/** What is in the backlog is not in the log's part that was read yet: looked for again after this, milliseconds. */
const READ_AGAIN_MS = 200;

/** What the lanes of a partition have in common. */
export interface PartitionParts {
  readonly logEpoch: number;
  readonly isLogSeen: boolean;
  readonly settings: LaneSettings;
  readonly knowledge: Knowledge;
  readonly lanes: LaneMap;
  readonly progress: PartitionProgress;
  readonly flow: FlowControl;
  readonly decide: (decision: Decision) => void;
}

/**
 * The lanes that left the live path (lanes.md §6): what goes to the backlog, what comes back from it, and when a lane is
 * live again. The numbered rules are those of lanes.md §6.
 */
export class DurableLanes {
  readonly #parts: PartitionParts;
  readonly #parks: ParkBuffer;
  readonly #collection = new BacklogCollection();
  #reads = 0;

  constructor(parts: PartitionParts) {
    this.#parts = parts;
    this.#parks = new ParkBuffer(parts.settings, parts.isLogSeen);
  }

  /** When {@link flush} has something to do (ms). */
  get dueAt(): number | undefined {
    return this.#parks.dueAt;
  }

  /** The position to be taken in next. */
  get next(): Position {
    return toPosition(this.#parts.logEpoch, this.#parts.progress.next);
  }

  /** Takes over what a former owner's checkpoint says. */
  restore(stored: Readonly<Record<string, StoredLane>>, now: number): void {
    const { lanes } = this.#parts;
    for (const [endpointId, state] of Object.entries(stored)) {
      const lane = lanes.getOrAdd(asEndpointId(endpointId));
      lanes.leaveLive(lane, restoreLane(lane, state, now));
    }
  }

  /** What a checkpoint stores of the lanes. */
  snapshot(): Readonly<Record<string, StoredLane>> {
    const stored: Record<string, StoredLane> = {};
    for (const lane of this.#parts.lanes.durable()) {
      const state = toStoredLane(lane);
      if (state !== undefined) stored[lane.endpointId] = state;
    }
    return stored;
  }

  /** An arrival of a lane that is not live; it is kept in memory in CATCH-UP only (lanes.md §5.5). */
  take(lane: Lane, durable: DurableState, record: LaneRecord, now: number): void {
    if (!durable.isCatchingUp) {
      this.#park(lane, durable, [record], now);
      return;
    }
    lane.queue.push(record);
    if (lane.queue.length > this.#parts.settings.pageRecordsMax) this.overflow(lane, "catch_up", now);
  }

  /** Moves the lane's queue to the backlog; a request in flight stays until it ends (lanes.md §5). */
  overflow(lane: Lane, cause: OverflowCause, now: number): void {
    const head = lane.oldestUnresolved;
    if (head === undefined) return;
    const durable = lane.durable ?? this.#leaveLive(lane, head.position - 1);
    this.#parkQueue(lane, durable, now);
    this.#moved(lane, cause);
  }

  /** The lanes that hold their partition back, by age or by weight, are moved to the backlog (lanes.md §5). */
  relieve(now: number): readonly Lane[] {
    const { lanes, flow, knowledge, settings } = this.#parts;
    const all = lanes.all();
    const overdue = all.filter((lane) => isOverdue(lane, knowledge.configuration, settings, now));
    for (const lane of overdue) this.overflow(lane, "age", now);
    const fattest = flow.isPaused ? findFattest(all, flow.held) : undefined;
    if (fattest === undefined) return overdue;
    this.overflow(fattest, "weight", now);
    return [...overdue, fattest];
  }

  /**
   * A request failed and is to be made again, and everything the lane did before is recorded: it is RETRYING
   * (rule 3: its cursor stands before the request).
   */
  enterRetry(lane: Lane, now: number): void {
    const { hand, retry } = lane;
    const first = hand?.records[0];
    if (hand === undefined || first === undefined || retry === undefined) return;
    const wasRetrying = lane.state === "retrying";
    const durable = lane.durable ?? this.#leaveLive(lane, first.position - 1);
    durable.cursor = first.position - 1;
    durable.frozen = { ...retry.frozen, batched: hand.batched };
    // What is cancelled meanwhile does not hold its line until the retry is due.
    durable.needsJudging = !this.#isWanted(first);
    lane.notBefore = retry.dueAt;
    lane.retry = undefined;
    lane.hand = undefined;
    lane.phase = "free";
    if (!first.isFromBacklog) this.#park(lane, durable, hand.records, now);
    this.#parkQueue(lane, durable, now);
    durable.forgetPage();
    this.#parts.progress.markDirty();
    if (!wasRetrying) this.#moved(lane, "failure");
  }

  /** The request in hand, taken from the log, waits for its turn in the backlog. */
  parkHand(lane: Lane, now: number): void {
    const { hand, durable } = lane;
    lane.hand = undefined;
    if (hand !== undefined && durable !== undefined) this.#park(lane, durable, hand.records, now);
  }

  /** These are settled; a lane that is not live is past them. */
  pass(lane: Lane, records: readonly LaneRecord[]): void {
    const { durable } = lane;
    const last = records.at(-1);
    if (durable === undefined || last === undefined) return;
    durable.pass(last.position);
    durable.frozen = undefined;
    this.#parts.progress.markDirty();
  }

  /** From here on the log can be told from another one: what is parked of it may be written. */
  onLogSeen(): void {
    this.#parks.open();
  }

  /** What is due goes to the backlog. */
  flush(now: number): void {
    const records = this.#parks.takeDue(now);
    if (records === undefined) return;
    const park: ParkDecision = { kind: "park", records };
    this.#parts.decide(park);
  }

  /** The write is acknowledged: only now are the offsets resolved (lanes.md §5). @returns lanes that may move */
  onParked(): ReadonlySet<Lane> {
    const { progress, flow } = this.#parts;
    const woken = new Set<Lane>();
    for (const { lane, record } of this.#parks.onWritten()) {
      const { durable } = lane;
      if (durable === undefined) throw new RangeError("a live lane has parked deliveries");
      durable.parks.delete(record.position);
      durable.acknowledgedParks++;
      durable.isReadToEnd = false;
      durable.readNotBefore = 0;
      progress.resolve(this.#toOffset(record.position));
      flow.remove(record);
      woken.add(lane);
    }
    return woken;
  }

  /** Asks for what comes next of the lane's backlog. */
  read(lane: Lane, durable: DurableState, upTo?: Position): void {
    const ticket = ++this.#reads;
    durable.read = {
      ticket,
      bound: this.#boundOf(lane, durable),
      acknowledgedParks: durable.acknowledgedParks,
    };
    const size = upTo === undefined ? this.#pageSize() : RETRY_READ;
    const after = upTo === undefined ? durable.readTo : durable.cursor;
    this.#parts.decide({ kind: "read", endpointId: lane.endpointId, ticket, after, upTo, ...size });
  }

  /** Reads on while the page is being sent. */
  readAhead(lane: Lane, durable: DurableState, now: number): void {
    if (shouldReadAhead(durable, this.#pageSize(), now)) this.read(lane, durable);
  }

  /** What was asked for. @returns the lane, if it still waits for it */
  takePage(endpointId: EndpointId, ticket: number, page: BacklogPage, now: number): Lane | undefined {
    const lane = this.#parts.lanes.get(endpointId);
    const durable = lane?.durable;
    if (lane === undefined || durable?.read?.ticket !== ticket) return undefined;
    if (durable.frozen === undefined) this.#takeDrainPage(lane, durable, durable.read, page, now);
    else this.#takeRetryPage(lane, durable, page);
    durable.read = undefined;
    return lane;
  }

  /** A checkpoint was acknowledged (rule 4). */
  onStored(stored: PartitionCheckpoint, now: number): void {
    const { decide, lanes, logEpoch } = this.#parts;
    const committed = toPosition(logEpoch, stored.committed);
    const deletions = this.#collection.onStored(stored, committed, lanes, now);
    if (deletions.length > 0) decide({ kind: "collect", deletions });
  }

  #takeDrainPage(
    lane: Lane,
    durable: DurableState,
    read: { readonly bound: Position; readonly acknowledgedParks: number },
    { records, isComplete }: BacklogPage,
    now: number,
  ): void {
    const { progress, settings } = this.#parts;
    const usable = records.filter(({ position }) => position <= read.bound);
    const left = records.length + durable.page.length + durable.parks.size;
    // Otherwise a delivery parked before a crash, not read from the log yet, would keep the lane waiting for ever.
    const mayCatchUp = isComplete && left <= settings.pageRecordsMax && !progress.isResolvedAhead;
    if (mayCatchUp && !durable.isCatchingUp) {
      durable.isCatchingUp = true;
      this.#moved(lane, "done");
    }
    for (const record of usable) durable.page.push(fromBacklog(record));
    durable.readTo = usable.at(-1)?.position ?? durable.readTo;
    const isNewsSince = durable.acknowledgedParks !== read.acknowledgedParks;
    durable.isReadToEnd = isComplete && usable.length === records.length && !isNewsSince;
    if (usable.length === 0) durable.readNotBefore = now + READ_AGAIN_MS;
    if (durable.page.length > 0 || lane.hand !== undefined) return;
    const isAllInQueue = records.every(({ position }) => lane.queue.has(position));
    const isNothingOpen = durable.parks.size === 0 && isRecordedUpTo(lane, durable.cursor) && !isNewsSince;
    if (durable.isCatchingUp && isComplete && isAllInQueue && isNothingOpen) this.#goLive(lane);
  }

  /**
   * The deliveries of the frozen request: those of the first one's webhook and generation that go together with it, as a
   * former owner may have parked between them what this one skipped or cancelled at intake.
   */
  #takeRetryPage(lane: Lane, durable: DurableState, { records }: BacklogPage): void {
    const { frozen } = durable;
    const [first] = records;
    if (frozen === undefined) return;
    if (first === undefined) {
      // All of it was settled at intake.
      durable.pass(frozen.last);
      durable.frozen = undefined;
      lane.notBefore = 0;
      this.#parts.progress.markDirty();
      return;
    }
    const { webhookId, generation, contactId } = first.facts;
    const alike = records.filter(
      ({ facts }) =>
        facts.webhookId === webhookId && facts.generation === generation && facts.contactId === contactId,
    );
    const isBatching = this.#parts.knowledge.configuration.webhook(webhookId)?.batching !== undefined;
    lane.hand = {
      records: alike.map(fromBacklog),
      batched: frozen.batched ?? (isBatching || alike.length > 1),
      attempt: frozen.attempts + 1,
    };
    durable.needsJudging = false;
  }

  #isWanted({ facts }: LaneRecord): boolean {
    const { configuration, tripped } = this.#parts.knowledge;
    return judge(facts, configuration, tripped).kind !== "settle";
  }

  /** A page, and each lane's share of what all of them may hold. */
  #pageSize(): { readonly recordsMax: number; readonly bytesMax: number } {
    const { settings, lanes } = this.#parts;
    const share = Math.max(PAGE_BYTES_MIN, settings.pagesBytesMax / lanes.durable().size);
    return { recordsMax: settings.pageRecordsMax, bytesMax: Math.min(settings.pageBytesMax, share) };
  }

  /** Rule 1: nothing that stands behind an un-acknowledged park, behind what was not taken in, or behind the queue. */
  #boundOf({ queue }: Lane, { parks }: DurableState): Position {
    return Math.min(parks.lowest ?? Infinity, queue.at(0)?.position ?? Infinity, this.next) - 1;
  }

  #leaveLive(lane: Lane, cursor: Position): DurableState {
    const durable = new DurableState(cursor);
    this.#parts.lanes.leaveLive(lane, durable);
    return durable;
  }

  /** Rule 2 holds. */
  #goLive(lane: Lane): void {
    this.#parts.lanes.goLive(lane);
    this.#collection.onLive(lane.endpointId, this.next - 1);
    this.#moved(lane, "done");
  }

  #parkQueue(lane: Lane, durable: DurableState, now: number): void {
    durable.isCatchingUp = false;
    this.#park(lane, durable, lane.queue.takeAll(), now);
  }

  #park(lane: Lane, durable: DurableState, records: readonly LaneRecord[], now: number): void {
    for (const record of records) {
      durable.parks.add(record.position);
      this.#parks.add(lane, record, now);
    }
  }

  #moved({ endpointId, state }: Lane, cause: OverflowCause | "failure" | "done"): void {
    this.#parts.progress.markDirty();
    this.#parts.decide({ kind: "moved", endpointId, to: state, cause });
  }

  #toOffset(position: Position): number {
    return position - toPosition(this.#parts.logEpoch, 0);
  }
}
