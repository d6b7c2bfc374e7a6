import type { Instant } from "./lease.js";
import type { LeaseDecision, LeaseState, LeaseSubject, SaveOutcome } from "./lease-decision.js";
import type { OwnershipTimes } from "./ownership-times.js";

/** A read or write that is not answered yet. */
type Call<C> =
  | { readonly kind: "read_state"; readonly until: number }
  | {
      readonly kind: "save";
      readonly until: number;
      /** Before it was sent. */
      readonly since: Instant;
      readonly content: C;
      readonly release: boolean;
    };

/** What an answer says about the lease: `ours` to go on, somebody else's, or given back. */
export type Standpoint = "ours" | "fenced" | "released";

/**
 * The writes of one lease, by compare-and-set on epoch and version (lanes.md §4): one call outstanding at most; after a
 * write whose outcome is unknown the state is read before the next.
 */
export class LeaseWrites<C> {
  readonly #epoch: number;
  readonly #subject: LeaseSubject<C>;
  readonly #times: OwnershipTimes;
  readonly #decide: (decision: LeaseDecision<C>) => void;
  #call: Call<C> | undefined;
  #ticket = 0;
  /** What the next write names; undefined while it has to be read first. */
  #ver: number | undefined = 0;
  #againAt = -Infinity;
  #leaseFrom: Instant;

  constructor(
    claim: { readonly epoch: number; readonly since: Instant },
    subject: LeaseSubject<C>,
    times: OwnershipTimes,
    decide: (decision: LeaseDecision<C>) => void,
  ) {
    this.#epoch = claim.epoch;
    this.#leaseFrom = claim.since;
    this.#subject = subject;
    this.#times = times;
    this.#decide = decide;
  }

  /** From when the lease runs. */
  get leaseFrom(): Instant {
    return this.#leaseFrom;
  }

  /** Nothing is awaited, and what the next write names is known. */
  get isReady(): boolean {
    return this.#call === undefined && this.#ver !== undefined;
  }

  /** Writes, or reads first, or waits for what is on its way. Answers when to come again (ms, monotonic). */
  write(release: boolean, now: Instant): number {
    if (this.#call !== undefined) return this.#call.until;
    if (now.mono < this.#againAt) return this.#againAt;
    const { callLimitMs, releaseCallMs } = this.#times;
    const until = now.mono + (release ? releaseCallMs : callLimitMs);
    const ticket = ++this.#ticket;
    if (this.#ver === undefined) {
      this.#call = { kind: "read_state", until };
      this.#decide({ kind: "read_state", ticket });
      return until;
    }
    const content = this.#subject.checkpoint();
    this.#call = { kind: "save", until, since: now, content, release };
    this.#decide({ kind: "save", ticket, epoch: this.#epoch, ver: this.#ver, content, release });
    return until;
  }

  /** A release has come to its last write: a call on its way since before gets no more time than the ones to come. */
  hurry(now: Instant): void {
    if (this.#call === undefined) return;
    this.#call = { ...this.#call, until: Math.min(this.#call.until, now.mono + this.#times.releaseCallMs) };
  }

  /** No answer in time: the outcome is unknown. */
  expire(now: Instant, againMs: number): void {
    if (this.#call !== undefined && now.mono >= this.#call.until) this.#lose(now, againMs);
  }

  /** @returns undefined for an answer to another call than the one that is awaited */
  onSaved(ticket: number, outcome: SaveOutcome, now: Instant, againMs: number): Standpoint | undefined {
    const call = this.#call;
    if (call?.kind !== "save" || ticket !== this.#ticket) return undefined;
    switch (outcome.kind) {
      case "stored":
        this.#call = undefined;
        this.#ver = outcome.ver;
        // The lease runs from before the accepted write was sent, not from its answer (lanes.md §4).
        this.#leaseFrom = call.since;
        this.#decide({ kind: "renewed", since: call.since });
        this.#decide({ kind: "stored", content: call.content });
        return call.release ? "released" : "ours";
      case "fenced":
        return "fenced";
      case "other_version":
        this.#subject.markDirty();
        return this.#learn(outcome);
      case "unknown":
        this.#lose(now, againMs);
        return "ours";
    }
  }

  /** @returns undefined for an answer to another call than the one that is awaited */
  onState(ticket: number, state: LeaseState, now: Instant, againMs: number): Standpoint | undefined {
    if (this.#call?.kind !== "read_state" || ticket !== this.#ticket) return undefined;
    if (state.kind === "unknown") {
      this.#lose(now, againMs);
      return "ours";
    }
    return state.kind === "found" && state.epoch === this.#epoch ? this.#learn(state) : "fenced";
  }

  /** The partition is left. An answer still to come changes nothing: the next claim raises the epoch. */
  end(): void {
    this.#call = undefined;
  }

  /** The call may have been done, may never be, or may be later. */
  #lose(now: Instant, againMs: number): void {
    if (this.#call?.kind === "save") this.#subject.markDirty();
    this.#call = undefined;
    this.#ver = undefined;
    this.#againAt = now.mono + againMs;
  }

  /**
   * Still this epoch, at this version. It renews nothing: which of our writes came through, and so from when the lease
   * would run, is not known.
   */
  #learn({ ver, released }: { readonly ver: number; readonly released: boolean }): Standpoint {
    this.#call = undefined;
    this.#ver = ver;
    return released ? "released" : "ours";
  }
}
