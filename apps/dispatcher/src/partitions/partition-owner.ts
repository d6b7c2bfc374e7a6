import { setTimeout as sleep } from "node:timers/promises";
import type { KafkaAdmin, SoloConsumer } from "@hooklane/kafka";
import type { Logger } from "@hooklane/service";
import type { MemberRepository, PartitionDocument, PartitionRepository } from "@hooklane/store";
import type { Clock } from "../clock.js";
import type { DispatcherMetrics } from "../metrics.js";
import type { TripWatch } from "../rule/trip-watch.js";
import { Checkpointer } from "./checkpointer.js";
import { LeaseTime } from "./lease-time.js";
import type { PartitionRunner } from "./partition-runner.js";
import { findResumePoint, type ResumePoint } from "./resume-point.js";

const CLAIM_EVERY_MS = 500;
const BEAT_EVERY_MS = 2_000;
/** Of a release: for requests in flight and their counts, for results, for the last checkpoint; milliseconds. */
const IN_FLIGHT_LIMIT_MS = 5_000;
const RESULTS_LIMIT_MS = 2_000;
const RELEASE_LIMIT_MS = 1_500;

interface Owned {
  readonly runner: PartitionRunner;
  readonly checkpointer: Checkpointer;
  isReleasing: boolean;
}

/** What the owner is made of. */
export interface OwnerParts {
  readonly me: string;
  readonly topic: string;
  readonly partitions: PartitionRepository;
  readonly members: MemberRepository;
  readonly admin: KafkaAdmin;
  readonly consumer: Pick<SoloConsumer, "seek" | "release">;
  readonly trips: TripWatch;
  readonly clock: Clock;
  readonly metrics: DispatcherMetrics;
  readonly logger: Logger;
  /** @param share partitions this process is to have at most */
  readonly createRunner: (
    document: PartitionDocument,
    point: ResumePoint,
    lease: LeaseTime,
    share: number,
  ) => PartitionRunner;
}

/**
 * Takes, keeps and gives back partitions (lanes.md §4): a fair share of them, each by a lease that its checkpoints
 * renew. What the database says is the truth; a partition that is fenced is dropped at once.
 */
export class PartitionOwner {
  readonly #parts: OwnerParts;
  readonly #owned = new Map<number, Owned>();
  readonly #stop = new AbortController();
  #clusterId = "";
  #loop: Promise<void> | undefined;
  #beatAt = -Infinity;
  #isReady = false;

  constructor(parts: OwnerParts) {
    this.#parts = parts;
  }

  /** The claim loop's last round went through. */
  get isReady(): boolean {
    return this.#isReady;
  }

  runnerOf(partition: number): PartitionRunner | undefined {
    return this.#owned.get(partition)?.runner;
  }

  get runners(): readonly PartitionRunner[] {
    return [...this.#owned.values()].map(({ runner }) => runner);
  }

  /** Makes the documents and begins to claim. @throws when Kafka or MongoDB do not answer */
  async start(): Promise<void> {
    const { admin, partitions, topic } = this.#parts;
    this.#clusterId = await admin.clusterId();
    await partitions.ensure(await admin.partitionCount(topic));
    this.#loop = this.#run();
  }

  /** The log does not fit where we read: claimed anew, which looks at its bounds. */
  reclaim(partition: number): void {
    const owned = this.#owned.get(partition);
    if (owned !== undefined) this.#drop(partition, owned);
  }

  /** Gives everything back in order: no duplicate follows (lanes.md §4). */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await Promise.all([...this.#owned].map(([partition, owned]) => this.#release(partition, owned)));
    await this.#parts.members.leave(this.#parts.me).catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#round();
        this.#isReady = true;
      } catch (err) {
        this.#isReady = false;
        this.#parts.logger.warn({ err }, "partition.claim_round_failed");
      }
      await sleep(CLAIM_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #round(): Promise<void> {
    const { me, members, partitions } = this.#parts;
    if (performance.now() - this.#beatAt >= BEAT_EVERY_MS) {
      await members.beat(me);
      this.#beatAt = performance.now();
    }
    const [alive, standings] = await Promise.all([members.countAlive(), partitions.list(me)]);
    const share = Math.ceil(standings.length / Math.max(1, alive));
    if (this.#owned.size > share) {
      await this.#releaseOne();
      return;
    }
    const wanted = standings
      .filter(({ partition, isClaimable }) => isClaimable && !this.#owned.has(partition))
      .slice(0, share - this.#owned.size);
    if (wanted.length > 0) await this.#claim(wanted, share);
  }

  async #claim(wanted: readonly { partition: number; epoch: number }[], share: number): Promise<void> {
    const { admin, clock, partitions, me, topic, trips } = this.#parts;
    const claims: { document: PartitionDocument; lease: LeaseTime }[] = [];
    for (const { partition, epoch } of wanted) {
      if (this.#stop.signal.aborted) break;
      // The lease runs from before the write is sent.
      const lease = new LeaseTime(clock);
      const document = await partitions.claim(partition, epoch, me);
      if (document !== undefined) claims.push({ document, lease });
    }
    if (claims.length === 0) return;
    // Both after the claim, so that nothing of the former owner is missed: where it went, and what it tripped.
    const bounds = new Map((await admin.logBounds(topic)).map((each) => [each.partition, each]));
    await trips.look();
    for (const { document, lease } of claims) {
      const log = bounds.get(document.partition);
      if (log !== undefined)
        this.#begin(document, findResumePoint(document, log, this.#clusterId), lease, share);
    }
  }

  #begin(document: PartitionDocument, point: ResumePoint, lease: LeaseTime, share: number): void {
    const { consumer, createRunner, logger, metrics, partitions } = this.#parts;
    const { partition, epoch } = document;
    if (point.alarm !== undefined) logger.error({ partition, ...point.alarm }, "partition.log_alarm");
    const runner = createRunner(document, point, lease, share);
    const owned: Owned = {
      runner,
      isReleasing: false,
      checkpointer: new Checkpointer(partitions, runner, point.content, {
        metrics,
        logger,
        onFenced: () => this.#drop(partition, owned),
      }),
    };
    this.#owned.set(partition, owned);
    owned.checkpointer.start();
    metrics.claims.inc();
    consumer.seek(partition, runner.lanes.next);
    logger.info({ partition, epoch, committed: point.content.committed }, "partition.claimed");
  }

  async #releaseOne(): Promise<void> {
    const [first] = this.#owned;
    if (first !== undefined) await this.#release(...first);
  }

  async #release(partition: number, owned: Owned): Promise<void> {
    if (owned.isReleasing) return;
    owned.isReleasing = true;
    const { runner, checkpointer } = owned;
    this.#parts.consumer.release(partition);
    runner.stop();
    const isSettled = () => runner.lanes.pending.inFlight === 0 && runner.lanes.pending.counting === 0;
    if (!(await becomes(isSettled, IN_FLIGHT_LIMIT_MS))) runner.abortRequests();
    await becomes(() => runner.lanes.pending.unreported === 0, RESULTS_LIMIT_MS);
    await checkpointer.release(RELEASE_LIMIT_MS);
    runner.discard();
    if (this.#owned.get(partition) === owned) this.#owned.delete(partition);
    this.#parts.logger.info({ partition, committed: runner.lanes.committed }, "partition.released");
  }

  #drop(partition: number, owned: Owned): void {
    owned.checkpointer.stop();
    owned.runner.discard();
    if (this.#owned.get(partition) !== owned) return;
    this.#owned.delete(partition);
    this.#parts.consumer.release(partition);
    this.#parts.metrics.fenced.inc();
  }
}

/** Whether the condition holds within the limit. */
async function becomes(condition: () => boolean, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() >= until) return false;
    await sleep(5);
  }
  return true;
}
