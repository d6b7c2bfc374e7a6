import {
  type Instant,
  type LeaseDecision,
  type LeaseEvents,
  LeaseKeeper,
  type LeaseState,
  type LeaseSubject,
  OWNERSHIP_TIMES,
  type SaveDecision,
  type SaveOutcome,
  tellLease,
} from "@hooklane/lanes";
import type { Clock, Logger } from "@hooklane/service";
import { contentBytes, type PartitionContent, type PartitionRepository } from "@hooklane/store";
import type { DispatcherMetrics } from "../metrics.js";
import { instantOf } from "./lease-time.js";

/** What a checkpointer works with. */
export interface CheckpointerTools {
  readonly repository: Pick<PartitionRepository, "save" | "readState">;
  readonly clock: Clock;
  readonly metrics: DispatcherMetrics;
  readonly logger: Logger;
}

/** Drives the keeper of one lease: its reads and writes against the database, its time against the clock. */
export class Checkpointer<C> {
  readonly #partition: number;
  readonly #keeper: LeaseKeeper<C>;
  readonly #toContent: (content: C) => PartitionContent;
  readonly #tools: CheckpointerTools;
  readonly #events: LeaseEvents<C>;
  #timer: NodeJS.Timeout | undefined;

  /** @param claim what the claim set, and a moment before it was sent */
  constructor(
    claim: { readonly partition: number; readonly epoch: number; readonly since: Instant },
    subject: LeaseSubject<C>,
    toContent: (content: C) => PartitionContent,
    tools: CheckpointerTools,
    events: LeaseEvents<C>,
  ) {
    this.#partition = claim.partition;
    this.#keeper = new LeaseKeeper(claim, subject, OWNERSHIP_TIMES);
    this.#toContent = toContent;
    this.#tools = tools;
    this.#events = events;
  }

  start(): void {
    this.#tell((keeper, now) => keeper.onTick(now));
  }

  /** Gives the partition back; `onEnded` tells when that is over. */
  release(): void {
    this.#tell((keeper, now) => keeper.release(now));
  }

  /** The log is not the one that was read. */
  drop(): void {
    this.#tell((keeper, now) => keeper.drop(now));
  }

  #tell(tell: (keeper: LeaseKeeper<C>, now: Instant) => void): void {
    tell(this.#keeper, instantOf(this.#tools.clock));
    for (const decision of this.#keeper.takeDecisions()) this.#carryOut(decision);
    this.#armTimer();
  }

  #carryOut(decision: LeaseDecision<C>): void {
    switch (decision.kind) {
      case "save":
        void this.#save(decision);
        return;
      case "read_state":
        void this.#read(decision.ticket);
        return;
      default:
        tellLease(decision, this.#events);
    }
  }

  /** The keeper waits for the answer within its own limit; one that comes later is nothing to it. */
  async #save({ ticket, epoch, ver, content, release }: SaveDecision<C>): Promise<void> {
    const { repository, metrics } = this.#tools;
    const partition = this.#partition;
    const startedAt = performance.now();
    let outcome: SaveOutcome = { kind: "unknown" };
    try {
      const stored = this.#toContent(content);
      outcome = await repository.save({ partition, epoch, ver }, stored, { release });
      metrics.checkpointSeconds.observe((performance.now() - startedAt) / 1000);
      if (outcome.kind === "stored") metrics.checkpointBytes.observe(contentBytes(stored));
    } catch (err) {
      this.#warn(err, "partition.checkpoint_failed");
    }
    this.#tell((keeper, now) => keeper.onSaved(ticket, outcome, now));
  }

  async #read(ticket: number): Promise<void> {
    let state: LeaseState = { kind: "unknown" };
    try {
      const found = await this.#tools.repository.readState(this.#partition);
      state = found === undefined ? { kind: "absent" } : { kind: "found", ...found };
    } catch (err) {
      this.#warn(err, "partition.state_not_read");
    }
    this.#tell((keeper, now) => keeper.onState(ticket, state, now));
  }

  #warn(err: unknown, event: string): void {
    this.#tools.logger.warn({ err, partition: this.#partition }, event);
  }

  #armTimer(): void {
    clearTimeout(this.#timer);
    const { dueAt } = this.#keeper;
    if (dueAt === Infinity) return;
    this.#timer = setTimeout(
      () => this.#tell((keeper, now) => keeper.onTick(now)),
      Math.max(1, dueAt - this.#tools.clock.now()),
    );
  }
}
