import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "@hooklane/service";
import type { PartitionLease, PartitionRepository } from "@hooklane/store";
import type { DispatcherMetrics } from "../metrics.js";
import type { PartitionRunner } from "./partition-runner.js";

/** A checkpoint follows so long after something became new, milliseconds (lanes.md §4). */
const DIRTY_MS = 500;
/** And at the latest so long after the one before, as it renews the lease, milliseconds. */
const IDLE_MS = 2_000;
/** Between two tries of the last one, milliseconds: a database may refuse at once, and every try is logged. */
const RELEASE_AGAIN_MS = 50;

type SaveResult = "stored" | "fenced" | "failed";

/** Stores the checkpoint of one owned partition, and so keeps its lease. One write at a time. */
export class Checkpointer {
  readonly #repository: PartitionRepository;
  readonly #runner: PartitionRunner;
  readonly #position: { readonly clusterId: string | null; readonly logEpoch: number };
  readonly #metrics: DispatcherMetrics;
  readonly #logger: Logger;
  readonly #onFenced: () => void;
  #lease: PartitionLease;
  #savedAt = performance.now();
  #saving: Promise<SaveResult> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    repository: PartitionRepository,
    runner: PartitionRunner,
    position: { readonly clusterId: string | null; readonly logEpoch: number },
    tools: { readonly metrics: DispatcherMetrics; readonly logger: Logger; readonly onFenced: () => void },
  ) {
    this.#repository = repository;
    this.#runner = runner;
    this.#position = position;
    this.#metrics = tools.metrics;
    this.#logger = tools.logger;
    this.#onFenced = tools.onFenced;
    this.#lease = { partition: runner.partition, epoch: runner.epoch, ver: 0 };
  }

  start(): void {
    this.#timer = setInterval(() => {
      const isDue = this.#runner.lanes.isDirty || performance.now() - this.#savedAt >= IDLE_MS;
      if (isDue && this.#saving === undefined) void this.#save(false);
    }, DIRTY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The last one: gives the partition back. Repeated until stored, fenced or `limitMs` is over. */
  async release(limitMs: number): Promise<void> {
    this.stop();
    await this.#saving;
    const until = performance.now() + limitMs;
    while ((await this.#save(true)) === "failed" && performance.now() + RELEASE_AGAIN_MS < until)
      await sleep(RELEASE_AGAIN_MS);
  }

  async #save(release: boolean): Promise<SaveResult> {
    this.#saving = this.#write(release);
    try {
      return await this.#saving;
    } finally {
      this.#saving = undefined;
    }
  }

  async #write(release: boolean): Promise<SaveResult> {
    const { lanes, lease, partition } = this.#runner;
    const since = lease.mark();
    const startedAt = performance.now();
    try {
      const content = { ...this.#position, ...lanes.checkpoint() };
      const outcome = await this.#repository.save(this.#lease, content, { release });
      switch (outcome.kind) {
        case "stored":
          this.#lease = { ...this.#lease, ver: outcome.ver };
          this.#savedAt = startedAt;
          this.#metrics.checkpointSeconds.observe((performance.now() - startedAt) / 1000);
          lease.renew(since);
          this.#runner.run((engine, now) => engine.onLease(lease.until, now));
          return "stored";
        case "fenced":
          this.#logger.warn({ partition, epoch: this.#lease.epoch }, "partition.fenced");
          this.#onFenced();
          return "fenced";
        case "other_version":
          // An earlier write whose answer was lost came through; what is new goes with the next.
          this.#lease = { ...this.#lease, ver: outcome.ver };
          lanes.markDirty();
          return release && outcome.released ? "stored" : "failed";
      }
    } catch (err) {
      lanes.markDirty();
      this.#logger.warn({ err, partition, leaseLeftMs: lease.leftMs }, "partition.checkpoint_failed");
      return "failed";
    }
  }
}
