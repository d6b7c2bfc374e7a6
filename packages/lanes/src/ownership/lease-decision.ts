import type { Instant } from "./lease.js";

/** Why a partition was left: two are planned, in two it was lost. */
export type LeaveCause =
  /** Given back: the last checkpoint says so, anybody may claim at once. */
  | "released"
  /** The last checkpoint did not come through in time: others wait until the lease is over. */
  | "abandoned"
  /** Somebody else has claimed it. */
  | "fenced"
  /** Its log does not fit what was read of it: to be claimed anew, which looks at the log (lanes.md §4). */
  | "log_changed";

/** Store this, if the document is at this epoch and version; answer with `onSaved`. */
export interface SaveDecision<C> {
  readonly kind: "save";
  /** Names this call in the answer; an answer to any other is ignored. */
  readonly ticket: number;
  readonly epoch: number;
  readonly ver: number;
  readonly content: C;
  /** The last one: says that the partition is given back. */
  readonly release: boolean;
}

/** Read epoch, version and `released` of the document; answer with `onState`. */
export interface ReadStateDecision {
  readonly kind: "read_state";
  readonly ticket: number;
}

/** The lease runs from here on. */
export interface RenewedDecision {
  readonly kind: "renewed";
  readonly since: Instant;
}

/** Exactly this is in the database: what it has passed may be deleted from the backlog (lanes.md §6 rule 4). */
export interface StoredDecision<C> {
  readonly kind: "stored";
  readonly content: C;
}

/** A release begins: nothing is taken in and no request starts any more, what runs may end. */
export interface StopDecision {
  readonly kind: "stop";
}

/** Cut the requests that are on their way, by a reset. */
export interface AbortDecision {
  readonly kind: "abort";
}

/** Nothing of the partition is decided, sent, reported or stored from here on; what is on its way is cut. */
export interface DiscardDecision {
  readonly kind: "discard";
  readonly cause: LeaveCause;
}

/** No request of it is in flight any more: it may be claimed again. Comes once, as the last. */
export interface EndedDecision {
  readonly kind: "ended";
  readonly cause: LeaveCause;
}

/** What the keeper of one lease wants done. */
export type LeaseDecision<C> =
  | SaveDecision<C>
  | ReadStateDecision
  | RenewedDecision
  | StoredDecision<C>
  | StopDecision
  | AbortDecision
  | DiscardDecision
  | EndedDecision;

/** What became of a save. */
export type SaveOutcome =
  | { readonly kind: "stored"; readonly ver: number }
  | { readonly kind: "fenced" }
  /** An earlier one of ours, whose answer was lost, came through: nothing was stored now. */
  | { readonly kind: "other_version"; readonly ver: number; readonly released: boolean }
  /** An error, or no answer. */
  | { readonly kind: "unknown" };

/** What a read found; `absent`: no such document. */
export type LeaseState =
  | { readonly kind: "found"; readonly epoch: number; readonly ver: number; readonly released: boolean }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" };

/** What a lease is kept for: the lanes of a partition. */
export interface LeaseSubject<C> {
  /** A checkpoint would store something new. */
  readonly isDirty: boolean;
  /** What to store now; not dirty until something else is new. */
  checkpoint(): C;
  /** A checkpoint was not stored. */
  markDirty(): void;
  /** What is awaited: answers to requests, counts, acknowledgements of results. After a discard, requests only. */
  readonly pending: { readonly inFlight: number; readonly counting: number; readonly unreported: number };
}
