import type { Instant } from "./lease.js";
import type { ClaimOutcome, OwnershipDecision, Round } from "./claim-decision.js";
import type { OwnershipTimes } from "./ownership-times.js";

/** A partition this process has something to do with. None of them is claimed a second time. */
type Part =
  | { readonly phase: "claiming"; readonly ticket: number; readonly since: Instant; readonly until: number }
  | { readonly phase: "opening" | "held" | "leaving" };

/** A call that is not answered yet. */
interface Call {
  readonly ticket: number;
  readonly until: number;
}

/** Partitions of one process when they are shared evenly: the last process may get fewer (lanes.md §3). */
export function fairShare(partitions: number, alive: number): number {
  return Math.ceil(partitions / Math.max(1, alive));
}

/**
 * Which partitions a process takes and gives back (lanes.md §4): every 500 ms one look at all of them, claims up to a
 * fair share, and one release at a time above it. What the database says is the truth, and what was heard is used once:
 * every claim names the epoch it saw. Data in, decisions out, like the keeper of each lease; answers may come late,
 * twice or never.
 *
 * @typeParam D what a claim answers: the state to go on from, of no concern here
 */
export class PartitionClaimer<D> {
  readonly #times: OwnershipTimes;
  readonly #parts = new Map<number, Part>();
  readonly #tooNew = new Set<number>();
  #decisions: OwnershipDecision<D>[] = [];
  #ticket = 0;
  #beat: Call | undefined;
  #look: Call | undefined;
  #beatAt = -Infinity;
  #lookAt = -Infinity;
  /** Others know of this process: before, its share would be too large. */
  #isMember = false;
  #isReady = false;
  #share = 0;
  #stop: "no" | "asked" | "going" | "gone" = "no";

  constructor(times: OwnershipTimes) {
    this.#times = times;
  }

  /** The last look was answered. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Partitions this process is to have at most. */
  get share(): number {
    return this.#share;
  }

  /** Stopped, and everything is given back or given up. */
  get isDone(): boolean {
    return this.#stop === "gone" && this.#parts.size === 0;
  }

  /** When {@link onTick} is to be called (ms, monotonic); at once before the first. */
  get dueAt(): number {
    let dueAt = Math.min(this.#beat?.until ?? Infinity, this.#look?.until ?? Infinity);
    for (const part of this.#parts.values()) {
      if (part.phase === "claiming") dueAt = Math.min(dueAt, part.until);
    }
    if (this.#stop !== "no") return dueAt;
    if (this.#beat === undefined) dueAt = Math.min(dueAt, this.#beatAt + this.#times.beatMs);
    if (this.#look === undefined && this.#isMember)
      dueAt = Math.min(dueAt, this.#lookAt + this.#times.roundMs);
    return dueAt;
  }

  /** What was decided since the last call, in order. */
  takeDecisions(): readonly OwnershipDecision<D>[] {
    const decisions = this.#decisions;
    if (decisions.length > 0) this.#decisions = [];
    return decisions;
  }

  onTick(now: Instant): void {
    const { mono } = now;
    if (this.#beat !== undefined && mono >= this.#beat.until) this.#onBeatEnd(false, now);
    if (this.#look !== undefined && mono >= this.#look.until) {
      this.#look = undefined;
      this.#isReady = false;
    }
    for (const [partition, part] of this.#parts) {
      // Should it come through after all, the next look shows the partition as ours, with a newer epoch.
      if (part.phase === "claiming" && mono >= part.until) this.#parts.delete(partition);
    }
    this.#step(now);
  }

  /** @param ok false: not known whether it was done */
  onBeat(ticket: number, ok: boolean, now: Instant): void {
    if (this.#beat?.ticket !== ticket) return;
    this.#onBeatEnd(ok, now);
    this.#step(now);
  }

  /** @param round undefined: the database did not answer */
  onRound(ticket: number, round: Round | undefined, now: Instant): void {
    if (this.#look?.ticket !== ticket) return;
    this.#look = undefined;
    this.#isReady = round !== undefined;
    if (round !== undefined && this.#stop === "no") this.#divide(round, now);
    this.#step(now);
  }

  onClaim(ticket: number, outcome: ClaimOutcome<D>, now: Instant): void {
    for (const [partition, part] of this.#parts) {
      if (part.phase !== "claiming" || part.ticket !== ticket) continue;
      const { since } = part;
      if (outcome.kind !== "claimed") {
        this.#parts.delete(partition);
      } else {
        const { document } = outcome;
        const isWanted = this.#stop === "no";
        this.#parts.set(partition, { phase: isWanted ? "opening" : "leaving" });
        this.#decide({ kind: isWanted ? "open" : "give_back", partition, since, document });
      }
      break;
    }
    this.#step(now);
  }

  onOpened(partition: number, now: Instant): void {
    if (this.#parts.get(partition)?.phase !== "opening") return;
    this.#parts.set(partition, { phase: "held" });
    this.#step(now);
  }

  /** It is being left on its own account: fenced, its log changed, or it could not be opened. */
  onLeaving(partition: number): void {
    if (this.#parts.has(partition)) this.#parts.set(partition, { phase: "leaving" });
  }

  /** Nothing of it is in flight any more: only now may it be claimed again (lanes.md §4). */
  onEnded(partition: number, now: Instant): void {
    const part = this.#parts.get(partition);
    // A claim that is on its way belongs to the time after.
    if (part !== undefined && part.phase !== "claiming") this.#parts.delete(partition);
    this.#step(now);
  }

  /** Takes nothing more and gives back everything, all at once. {@link isDone} when that is over. */
  stop(now: Instant): void {
    if (this.#stop !== "no") return;
    this.#stop = "asked";
    this.#look = undefined;
    this.#step(now);
  }

  #step(now: Instant): void {
    if (this.#stop !== "no") {
      this.#giveUp(now);
      return;
    }
    const { beatMs, roundMs } = this.#times;
    if (this.#beat === undefined && now.mono >= this.#beatAt + beatMs) {
      this.#beatAt = now.mono;
      this.#beat = this.#call(now);
      this.#decide({ kind: "beat", ticket: this.#beat.ticket });
    }
    if (this.#look === undefined && this.#isMember && now.mono >= this.#lookAt + roundMs) {
      this.#lookAt = now.mono;
      this.#look = this.#call(now);
      this.#decide({ kind: "look", ticket: this.#look.ticket });
    }
  }

  /** Also what was still being opened when the stop came, once it is. */
  #giveUp(now: Instant): void {
    // Not before the last beat is answered, which would bring us back to life.
    if (this.#stop === "asked" && this.#beat === undefined) {
      this.#stop = "going";
      this.#beat = this.#call(now);
      this.#decide({ kind: "go", ticket: this.#beat.ticket });
    }
    for (const [partition, { phase }] of this.#parts) if (phase === "held") this.#release(partition);
  }

  #onBeatEnd(ok: boolean, now: Instant): void {
    this.#beat = undefined;
    if (this.#stop === "going") this.#stop = "gone";
    else if (ok && !this.#isMember) {
      this.#isMember = true;
      this.#lookAt = now.mono - this.#times.roundMs;
    }
  }

  /** A fair share of all partitions: what is above it goes, one at a time; what is missing is claimed. */
  #divide({ alive, standings, canRead }: Round, now: Instant): void {
    // With those of a newer version: else the others would give back what nobody takes while versions change.
    this.#share = fairShare(standings.length, alive);
    this.#tellTooNew(standings);
    const leaving = [...this.#parts.values()].filter(({ phase }) => phase === "leaving").length;
    if (this.#parts.size - leaving > this.#share) {
      if (leaving === 0) this.#releaseOne();
      return;
    }
    if (!canRead) return;
    for (const { partition, epoch, isClaimable, isTooNew } of standings) {
      // Also one that is being left has its place, until it has ended.
      if (this.#parts.size >= this.#share) return;
      if (!isClaimable || isTooNew || this.#parts.has(partition)) continue;
      const { ticket, until } = this.#call(now);
      this.#parts.set(partition, { phase: "claiming", ticket, since: now, until });
      this.#decide({ kind: "claim", ticket, partition, epoch, since: now });
    }
  }

  #tellTooNew(standings: Round["standings"]): void {
    for (const { partition, isTooNew } of standings) {
      if (!isTooNew || this.#tooNew.has(partition)) continue;
      this.#tooNew.add(partition);
      this.#decide({ kind: "too_new", partition });
    }
  }

  #releaseOne(): void {
    for (const [partition, { phase }] of this.#parts) {
      if (phase !== "held") continue;
      this.#release(partition);
      return;
    }
  }

  #release(partition: number): void {
    this.#parts.set(partition, { phase: "leaving" });
    this.#decide({ kind: "release", partition });
  }

  #call(now: Instant): Call {
    return { ticket: ++this.#ticket, until: now.mono + this.#times.callLimitMs };
  }

  #decide(decision: OwnershipDecision<D>): void {
    this.#decisions.push(decision);
  }
}
