import type { Instant } from "./lease.js";

/** Say that this process is alive; answer with `onBeat`. */
export interface BeatDecision {
  readonly kind: "beat";
  readonly ticket: number;
}

/** Read who is alive and how every partition stands, in one query; answer with `onRound`. */
export interface LookDecision {
  readonly kind: "look";
  readonly ticket: number;
}

/**
 * Claim the partition if its document is still at this epoch and still claimable; answer with `onClaim`. Naming the
 * epoch keeps a claim that timed out and arrives late from fencing its own lease (lanes.md §4).
 */
export interface ClaimDecision {
  readonly kind: "claim";
  readonly ticket: number;
  readonly partition: number;
  readonly epoch: number;
  /** The lease runs from here: before the claim was sent. */
  readonly since: Instant;
}

/** Look at the log, then begin with the partition; answer with `onOpened`, or with `onEnded` when it was left. */
export interface OpenDecision<D> {
  readonly kind: "open";
  readonly partition: number;
  readonly since: Instant;
  readonly document: D;
}

/** Claimed too late to begin: store its state as it is, released; answer with `onEnded`. */
export interface GiveBackDecision<D> {
  readonly kind: "give_back";
  readonly partition: number;
  readonly since: Instant;
  readonly document: D;
}

/** Release a partition that was opened; answer with `onEnded`. */
export interface ReleaseDecision {
  readonly kind: "release";
  readonly partition: number;
}

/** Its document was written by a newer version of this software: not ours to touch. Said once a partition. */
export interface TooNewDecision {
  readonly kind: "too_new";
  readonly partition: number;
}

/** This process counts no longer: the others' shares grow before what it has is free. Answer with `onBeat`. */
export interface GoDecision {
  readonly kind: "go";
  readonly ticket: number;
}

/** What one process wants done about partitions it has or could have. */
export type OwnershipDecision<D> =
  | BeatDecision
  | LookDecision
  | ClaimDecision
  | OpenDecision<D>
  | GiveBackDecision<D>
  | ReleaseDecision
  | TooNewDecision
  | GoDecision;

/** A partition as the database's clock has it. */
export interface Standing {
  readonly partition: number;
  /** To be named in the claim. */
  readonly epoch: number;
  /** Released, expired, or this process's by the database's word. */
  readonly isClaimable: boolean;
  /** Written by a newer version of this software. */
  readonly isTooNew: boolean;
}

/** What a look found. */
export interface Round {
  /** Processes that are alive, this one with them. */
  readonly alive: number;
  readonly standings: readonly Standing[];
  /** Records could be read: a process that cannot would keep partitions from others that can. */
  readonly canRead: boolean;
}

/** What became of a claim; `missed`: somebody was quicker. */
export type ClaimOutcome<D> =
  | { readonly kind: "claimed"; readonly document: D }
  | { readonly kind: "missed" }
  | { readonly kind: "unknown" };
