import type { Instant } from "./lease.js";
import type { LeaseDecision, LeaseState, LeaseSubject, LeaveCause, SaveOutcome } from "./lease-decision.js";
import { LeaseWrites, type Standpoint } from "./lease-writes.js";
import type { OwnershipTimes } from "./ownership-times.js";

/** How far a lease is on its way from claimed to ended; each wait of a release has a limit of its own. */
type Phase =
  | { readonly kind: "held" | "ended" }
  | { readonly kind: "requests" | "results" | "last_write"; readonly until: number }
  | { readonly kind: "leaving"; readonly until: number; readonly cause: LeaveCause };

/**
 * Keeps the lease of one claimed partition by its checkpoints, and gives it back (lanes.md §4): decides when to store,
 * what follows from each answer, and in which order a partition is left. Data in, decisions out: every call may be
 * followed by {@link takeDecisions}, and {@link onTick} is due at {@link dueAt}. Answers may come late, twice or never.
 *
 * @typeParam C a checkpoint's content, of no concern here
 */
export class LeaseKeeper<C> {
  readonly #subject: LeaseSubject<C>;
  readonly #times: OwnershipTimes;
  readonly #writes: LeaseWrites<C>;
  #decisions: LeaseDecision<C>[] = [];
  #phase: Phase = { kind: "held" };
  #checkAt: number;
  /** Nothing was stored yet: whatever the claim changed is, at the first check. */
  #savedAt = -Infinity;
  #dueAt: number;

  /** @param claim what the claim set, and a moment before it was sent */
  constructor(
    claim: { readonly epoch: number; readonly since: Instant },
    subject: LeaseSubject<C>,
    times: OwnershipTimes,
  ) {
    this.#subject = subject;
    this.#times = times;
    this.#writes = new LeaseWrites(claim, subject, times, (decision) => this.#decide(decision));
    this.#checkAt = claim.since.mono + times.checkpointDirtyMs;
    this.#dueAt = this.#checkAt;
  }

  /** From when the lease runs: for the send guard. */
  get leaseFrom(): Instant {
    return this.#writes.leaseFrom;
  }

  get isEnded(): boolean {
    return this.#phase.kind === "ended";
  }

  /** When {@link onTick} is to be called (ms, monotonic); Infinity once ended. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** What was decided since the last call, in order. */
  takeDecisions(): readonly LeaseDecision<C>[] {
    const decisions = this.#decisions;
    if (decisions.length > 0) this.#decisions = [];
    return decisions;
  }

  onTick(now: Instant): void {
    this.#writes.expire(now, this.#againMs);
    this.#step(now);
  }

  onSaved(ticket: number, outcome: SaveOutcome, now: Instant): void {
    const isRepeat = outcome.kind === "other_version";
    this.#onAnswer(this.#writes.onSaved(ticket, outcome, now, this.#againMs), isRepeat, now);
  }

  onState(ticket: number, state: LeaseState, now: Instant): void {
    this.#onAnswer(this.#writes.onState(ticket, state, now, this.#againMs), true, now);
  }

  /** Gives the partition back: for a fair share, or as the process stops. Every wait is bounded (lanes.md §4). */
  release(now: Instant): void {
    if (this.#phase.kind !== "held") return;
    this.#phase = { kind: "requests", until: now.mono + this.#times.releaseRequestsMs };
    this.#decide({ kind: "stop" });
    this.#step(now);
  }

  /** The log is not the one that was read: left at once, to be claimed anew. */
  drop(now: Instant): void {
    if (this.#phase.kind === "ended") return;
    this.#leave("log_changed", now);
    this.#step(now);
  }

  get #againMs(): number {
    return this.#phase.kind === "held" ? this.#times.againMs : this.#times.releaseAgainMs;
  }

  /** @param isUrgent nothing was stored: the next write follows at once */
  #onAnswer(standpoint: Standpoint | undefined, isUrgent: boolean, now: Instant): void {
    if (standpoint === undefined) return;
    if (isUrgent) this.#checkAt = now.mono;
    if (standpoint === "fenced") this.#leave("fenced", now);
    // Only a last write says so; then anybody may have the partition.
    else if (standpoint === "released" && this.#phase.kind !== "held") this.#leave("released", now);
    this.#step(now);
  }

  /** Does what is due, and says when the next is. */
  #step(now: Instant): void {
    const phase = this.#phase;
    switch (phase.kind) {
      case "held":
        this.#dueAt = this.#keep(now);
        return;
      case "requests":
      case "results":
      case "last_write":
        this.#giveBack(phase, now);
        return;
      case "leaving":
        this.#awaitRequests(phase, now);
        return;
      case "ended":
        this.#dueAt = Infinity;
    }
  }

  /** Checkpoint = renewal: 500 ms after it became dirty, 2 s idle (lanes.md §4). Answers when to look again. */
  #keep(now: Instant): number {
    const { checkpointDirtyMs, checkpointIdleMs } = this.#times;
    if (!this.#writes.isReady) return this.#writes.write(false, now);
    if (now.mono < this.#checkAt) return this.#checkAt;
    if (!this.#subject.isDirty && now.mono < this.#savedAt + checkpointIdleMs) {
      this.#checkAt = Math.min(now.mono + checkpointDirtyMs, this.#savedAt + checkpointIdleMs);
      return this.#checkAt;
    }
    this.#savedAt = now.mono;
    this.#checkAt = now.mono + checkpointDirtyMs;
    return this.#writes.write(false, now);
  }

  /** In-flight requests, then results, then the last checkpoint (lanes.md §4). */
  #giveBack(phase: Extract<Phase, { kind: "requests" | "results" | "last_write" }>, now: Instant): void {
    const { inFlight, counting, unreported } = this.#subject.pending;
    const isOver = now.mono >= phase.until;
    this.#dueAt = Math.min(now.mono + this.#times.lookMs, phase.until);
    switch (phase.kind) {
      case "requests": {
        const areDone = inFlight === 0 && counting === 0;
        if (!areDone && !isOver) return;
        if (!areDone) this.#decide({ kind: "abort" });
        this.#phase = { kind: "results", until: now.mono + this.#times.releaseResultsMs };
        break;
      }
      case "results":
        // An outcome enters a checkpoint only after its record is acknowledged; what is not, is sent again.
        if ((inFlight > 0 || unreported > 0) && !isOver) return;
        this.#phase = { kind: "last_write", until: now.mono + this.#times.releaseWriteMs };
        this.#writes.hurry(now);
        break;
      case "last_write":
        if (!isOver) {
          // Never given back while something of it may still reach a receiver.
          if (inFlight === 0) this.#dueAt = Math.min(this.#writes.write(true, now), phase.until);
          return;
        }
        this.#leave("abandoned", now);
    }
    this.#step(now);
  }

  /** Fenced: abort and await its in-flight requests, only then may it be claimed again (lanes.md §4). */
  #awaitRequests({ until, cause }: Extract<Phase, { kind: "leaving" }>, now: Instant): void {
    if (this.#subject.pending.inFlight > 0 && now.mono < until) {
      this.#dueAt = Math.min(now.mono + this.#times.lookMs, until);
      return;
    }
    this.#phase = { kind: "ended" };
    this.#dueAt = Infinity;
    this.#decide({ kind: "ended", cause });
  }

  #leave(cause: LeaveCause, now: Instant): void {
    if (this.#phase.kind === "leaving") return;
    this.#writes.end();
    this.#phase = { kind: "leaving", cause, until: now.mono + this.#times.dropMs };
    this.#decide({ kind: "discard", cause });
  }

  #decide(decision: LeaseDecision<C>): void {
    this.#decisions.push(decision);
  }
}
