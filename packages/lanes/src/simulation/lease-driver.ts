import type { LeaseDecision, LeaseSubject } from "../ownership/lease-decision.js";
import { type LeaseEvents, tellLease } from "../ownership/lease-events.js";
import { LeaseKeeper } from "../ownership/lease-keeper.js";
import type { Instant } from "../ownership/lease.js";
import { OWNERSHIP_TIMES } from "../ownership/ownership-times.js";
import type { PartitionContent } from "./database.js";
import type { DispatcherProcess } from "./dispatcher-process.js";

/** Drives the keeper of one lease: its reads and writes against the database, its time against the clock. */
export class LeaseDriver<C> {
  readonly #process: DispatcherProcess;
  readonly #partition: number;
  readonly #keeper: LeaseKeeper<C>;
  readonly #toContent: (content: C) => PartitionContent;
  readonly #events: LeaseEvents<C>;
  #wakeAt = Infinity;

  constructor(
    process: DispatcherProcess,
    claim: { readonly partition: number; readonly epoch: number; readonly since: Instant },
    subject: LeaseSubject<C>,
    toContent: (content: C) => PartitionContent,
    events: LeaseEvents<C>,
  ) {
    this.#process = process;
    this.#partition = claim.partition;
    this.#keeper = new LeaseKeeper(claim, subject, OWNERSHIP_TIMES);
    this.#toContent = toContent;
    this.#events = events;
  }

  /** From when the lease runs. */
  get leaseFrom(): Instant {
    return this.#keeper.leaseFrom;
  }

  start(): void {
    this.#tell((keeper, now) => keeper.onTick(now));
  }

  release(): void {
    this.#tell((keeper, now) => keeper.release(now));
  }

  drop(): void {
    this.#tell((keeper, now) => keeper.drop(now));
  }

  #tell(tell: (keeper: LeaseKeeper<C>, now: Instant) => void): void {
    tell(this.#keeper, this.#process.clock);
    for (const decision of this.#keeper.takeDecisions()) this.#carryOut(decision);
    const { dueAt } = this.#keeper;
    if (dueAt === Infinity || dueAt >= this.#wakeAt) return;
    this.#wakeAt = dueAt;
    this.#process.later(Math.max(1, dueAt - this.#process.clock.mono), () => {
      if (this.#wakeAt === dueAt) this.#wakeAt = Infinity;
      this.#tell((each, now) => each.onTick(now));
    });
  }

  #carryOut(decision: LeaseDecision<C>): void {
    switch (decision.kind) {
      case "save":
        this.#save(decision);
        return;
      case "read_state":
        this.#readState(decision.ticket);
        return;
      default:
        tellLease(decision, this.#events);
    }
  }

  #save({ ticket, epoch, ver, content, release }: Extract<LeaseDecision<C>, { kind: "save" }>): void {
    const { database, oracle } = this.#process.around;
    const partition = this.#partition;
    const stored = this.#toContent(content);
    this.#process.call(
      "database",
      () => {
        const outcome = database.save({ partition, epoch, ver }, stored, release);
        if (outcome.kind === "stored") oracle.checkpoints.onStored(partition, stored);
        return outcome;
      },
      (outcome) => this.#tell((keeper, now) => keeper.onSaved(ticket, outcome, now)),
      () => this.#tell((keeper, now) => keeper.onSaved(ticket, { kind: "unknown" }, now)),
    );
  }

  #readState(ticket: number): void {
    const { database } = this.#process.around;
    this.#process.call(
      "database",
      () => database.readState(this.#partition),
      (state) => this.#tell((keeper, now) => keeper.onState(ticket, state, now)),
      () => this.#tell((keeper, now) => keeper.onState(ticket, { kind: "unknown" }, now)),
    );
  }
}
