import type { KafkaAdmin, SoloConsumer } from "@hooklane/kafka";
import {
  type ClaimDecision,
  type ClaimOutcome,
  type GiveBackDecision,
  type Instant,
  type LeaveCause,
  type OpenDecision,
  OWNERSHIP_TIMES,
  type OwnershipDecision,
  PartitionClaimer,
  type PartitionCheckpoint,
  type Round,
} from "@hooklane/lanes";
import { type Clock, type Logger, waitAtMost } from "@hooklane/service";
import type { FormerLease, MemberRepository, PartitionDocument, PartitionRepository } from "@hooklane/store";
import type { DispatcherMetrics } from "../metrics.js";
import type { TripWatch } from "../rule/trip-watch.js";
import { toCheckpoint } from "./checkpoint-content.js";
import type { Checkpointer } from "./checkpointer.js";
import { instantOf, LeaseTime } from "./lease-time.js";
import { giveBack, keepLease } from "./owned-partition.js";
import type { PartitionRunner } from "./partition-runner.js";
import { ResumePoints } from "./resume-point.js";
import { SharedCall } from "./shared-call.js";
import { TopicPartitions } from "./topic-partitions.js";

/** Looking at the log and the trips of a claimed partition; then it is given back, milliseconds. */
const OPEN_LIMIT_MS = 6_000;

/** A partition that was claimed, and whose log was looked at: what its lanes go on from. */
interface ClaimedPartition {
  readonly partition: number;
  readonly epoch: number;
  readonly logEpoch: number;
  readonly isLogSeen: boolean;
  readonly start: PartitionCheckpoint;
  readonly lease: LeaseTime;
  /** Partitions this process is to have at most. */
  readonly share: number;
}

/** What the owner is made of. */
export interface OwnerParts {
  readonly me: string;
  readonly topic: string;
  readonly partitions: PartitionRepository;
  readonly members: MemberRepository;
  readonly admin: KafkaAdmin;
  readonly consumer: Pick<SoloConsumer, "seek" | "release" | "isReady" | "identityAt" | "furthestRead">;
  readonly trips: TripWatch;
  readonly clock: Clock;
  readonly metrics: DispatcherMetrics;
  readonly logger: Logger;
  readonly createRunner: (claimed: ClaimedPartition) => PartitionRunner;
}

interface Owned {
  readonly runner: PartitionRunner;
  readonly checkpointer: Pick<Checkpointer<unknown>, "release" | "drop">;
}

/** Takes, keeps and gives back partitions as the claimer and the keeper of each lease decide (lanes.md §4). */
export class PartitionOwner {
  readonly #parts: OwnerParts;
  readonly #claimer = new PartitionClaimer<PartitionDocument>(OWNERSHIP_TIMES);
  readonly #points: ResumePoints;
  readonly #inTopic: TopicPartitions;
  readonly #trips: SharedCall<void>;
  readonly #owned = new Map<number, Owned>();
  readonly #closed: Promise<void>;
  #onClosed: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: OwnerParts) {
    this.#parts = parts;
    this.#points = new ResumePoints(parts.admin, parts.topic, parts.consumer);
    this.#inTopic = new TopicPartitions(parts);
    this.#trips = new SharedCall(() => parts.trips.look());
    this.#closed = new Promise((resolve) => (this.#onClosed = resolve));
  }

  /** The last look at the partitions was answered. */
  get isReady(): boolean {
    return this.#claimer.isReady;
  }

  runnerOf(partition: number): PartitionRunner | undefined {
    return this.#owned.get(partition)?.runner;
  }

  get runners(): readonly PartitionRunner[] {
    return [...this.#owned.values()].map(({ runner }) => runner).filter(({ isDiscarded }) => !isDiscarded);
  }

  /** Makes the documents and begins to claim. @throws when Kafka or MongoDB do not answer */
  async start(): Promise<void> {
    const { admin, topic } = this.#parts;
    this.#inTopic.note(await admin.partitionCount(topic));
    await this.#inTopic.ensure();
    this.#tell((claimer, now) => claimer.onTick(now));
  }

  /** So many partitions of the topic can be read now; those that are new to us are claimed like all others. */
  onJoined(partitions: number): void {
    this.#inTopic.note(partitions);
  }

  /** The log does not fit where we read: claimed anew, which looks at it (lanes.md §4). */
  reclaim(partition: number): void {
    this.#owned.get(partition)?.checkpointer.drop();
  }

  /** Gives everything back in order: no duplicate follows (lanes.md §4). Every wait in it is bounded. */
  async close(): Promise<void> {
    this.#tell((claimer, now) => claimer.stop(now));
    await this.#closed;
  }

  #tell(tell: (claimer: PartitionClaimer<PartitionDocument>, now: Instant) => void): void {
    const { clock } = this.#parts;
    tell(this.#claimer, instantOf(clock));
    for (const decision of this.#claimer.takeDecisions()) this.#carryOut(decision);
    clearTimeout(this.#timer);
    if (this.#claimer.isDone) {
      this.#onClosed();
      return;
    }
    const { dueAt } = this.#claimer;
    if (dueAt === Infinity) return;
    const tick = () => this.#tell((claimer, now) => claimer.onTick(now));
    this.#timer = setTimeout(tick, Math.max(1, dueAt - clock.now()));
  }

  #carryOut(decision: OwnershipDecision<PartitionDocument>): void {
    const { members, me } = this.#parts;
    switch (decision.kind) {
      case "beat":
        void this.#beat(decision.ticket, members.beat(me));
        return;
      case "go":
        void this.#beat(decision.ticket, members.leave(me));
        return;
      case "look":
        void this.#look(decision.ticket);
        return;
      case "claim":
        void this.#claim(decision);
        return;
      case "open":
        void this.#open(decision);
        return;
      case "give_back":
        this.#giveBack(decision);
        return;
      case "release":
        this.#owned.get(decision.partition)?.checkpointer.release();
        return;
      case "too_new":
        this.#parts.logger.error(
          {
            partition: decision.partition,
            action:
              "Upgrade this dispatcher: a newer version has written the partition, and only that one may own it",
          },
          "partition.document_too_new",
        );
    }
  }

  async #beat(ticket: number, call: Promise<void>): Promise<void> {
    const ok = await call.then(
      () => true,
      (err: unknown) => {
        this.#parts.logger.warn({ err }, "partition.beat_failed");
        return false;
      },
    );
    this.#tell((claimer, now) => claimer.onBeat(ticket, ok, now));
  }

  async #look(ticket: number): Promise<void> {
    const { consumer, logger, me, members, partitions } = this.#parts;
    let round: Round | undefined;
    try {
      await this.#inTopic.ensure();
      const [alive, standings] = await Promise.all([members.countAlive(), partitions.list(me)]);
      round = { alive, standings: this.#inTopic.readable(standings), canRead: consumer.isReady };
    } catch (err) {
      logger.warn({ err }, "partition.claim_round_failed");
    }
    this.#tell((claimer, now) => claimer.onRound(ticket, round, now));
  }

  async #claim({ ticket, partition, epoch }: ClaimDecision): Promise<void> {
    const { logger, me, partitions } = this.#parts;
    let outcome: ClaimOutcome<PartitionDocument> = { kind: "unknown" };
    try {
      const document = await partitions.claim(partition, epoch, me);
      outcome = document === undefined ? { kind: "missed" } : { kind: "claimed", document };
    } catch (err) {
      logger.warn({ err, partition }, "partition.claim_failed");
    }
    this.#tell((claimer, now) => claimer.onClaim(ticket, outcome, now));
  }

  async #open(decision: OpenDecision<PartitionDocument>): Promise<void> {
    const { document } = decision;
    // In the answer to a claim this is the database's now.
    const databaseAheadMs = document.renewedAt.getTime() - this.#parts.clock.now();
    const content = await this.#lookAtLog(decision);
    if (content === undefined) this.#giveBack(decision);
    // Of a new log epoch nothing may be parked before the epoch is stored. Ended before, the next owner would take the
    // same number for a log that may have been cut again, and find other records under its positions in the backlog.
    else if (content.logEpoch > document.logEpoch) this.#giveBack({ ...decision, document: content });
    else this.#begin(decision, content, databaseAheadMs);
  }

  /** Where a claimed partition goes on; undefined when that cannot be told now. */
  async #lookAtLog({
    partition,
    document,
  }: OpenDecision<PartitionDocument>): Promise<PartitionDocument | undefined> {
    const { logger, metrics, partitions } = this.#parts;
    try {
      // Both after the claim, so that nothing of the former owner is missed: where it went, and what it tripped.
      const looks = Promise.all([this.#points.find(document), this.#trips.ask()]);
      if (!(await waitAtMost(looks, OPEN_LIMIT_MS)))
        throw new Error("The log could not be looked at in time");
      const [{ content, alarm }] = await looks;
      if (alarm !== undefined) {
        metrics.logAlarms.inc({ kind: alarm.kind });
        logger.error({ partition, ...alarm }, "partition.log_alarm");
        await partitions.noteLogLost(partition);
      }
      return content;
    } catch (err) {
      logger.warn({ err, partition }, "partition.not_opened");
      return undefined;
    }
  }

  #begin(
    { partition, since }: OpenDecision<PartitionDocument>,
    content: PartitionDocument,
    databaseAheadMs: number,
  ): void {
    const { clock, consumer, createRunner, logger, metrics } = this.#parts;
    const { epoch, logEpoch } = content;
    const lease = new LeaseTime(clock, since);
    const start = toCheckpoint(content, databaseAheadMs);
    const { share } = this.#claimer;
    const isLogSeen = content.seen !== null;
    const runner = createRunner({ partition, epoch, logEpoch, isLogSeen, start, lease, share });
    const checkpointer = keepLease(
      { partition, epoch, since },
      {
        runner,
        lease,
        content,
        databaseAheadMs,
        consumer,
        tools: this.#tools,
        onLeaving: (cause) => this.#onLeaving(partition, runner, cause),
        onEnded: () => this.#onEnded(partition),
      },
    );
    this.#owned.set(partition, { runner, checkpointer });
    metrics.claims.inc();
    logger.info({ partition, epoch, committed: content.committed }, "partition.claimed");
    runner.run((lanes, now) => lanes.start(start, now));
    // Offsets up to there may be resolved: were another record behind one of them, it would be taken for that.
    const { seen } = content;
    const furthest = seen === null ? undefined : { offset: seen[0], identity: seen[1] };
    consumer.seek(partition, runner.lanes.next, furthest);
    checkpointer.start();
    this.#observeHandover(content.former, databaseAheadMs);
    this.#tell((claimer, now) => claimer.onOpened(partition, now));
  }

  /** How long nobody worked on the partition, by the database's clock. A first owner takes it over from nobody. */
  #observeHandover(former: FormerLease | null, databaseAheadMs: number): void {
    const { clock, me, metrics } = this.#parts;
    if (former === null) return;
    const after = former.released ? "release" : former.owner === me ? "reclaim" : "expiry";
    const gapMs = clock.now() + databaseAheadMs - former.renewedAt.getTime();
    metrics.handoverGapSeconds.observe({ after }, Math.max(0, gapMs) / 1000);
  }

  #giveBack({
    partition,
    since,
    document,
  }: GiveBackDecision<PartitionDocument> | OpenDecision<PartitionDocument>): void {
    const { epoch } = document;
    giveBack({ partition, epoch, since }, document, this.#tools, () => this.#onEnded(partition));
  }

  #onLeaving(partition: number, runner: PartitionRunner, cause: LeaveCause): void {
    const { logger, metrics } = this.#parts;
    const { epoch } = runner;
    if (cause === "fenced") metrics.fenced.inc();
    logger[cause === "released" ? "info" : "warn"](
      { partition, epoch, cause, committed: runner.lanes.committed },
      "partition.left",
    );
    this.#tell((claimer) => claimer.onLeaving(partition));
  }

  #onEnded(partition: number): void {
    this.#owned.delete(partition);
    this.#tell((claimer, now) => claimer.onEnded(partition, now));
  }

  get #tools() {
    const { partitions: repository, clock, metrics, logger } = this.#parts;
    return { repository, clock, metrics, logger };
  }
}
