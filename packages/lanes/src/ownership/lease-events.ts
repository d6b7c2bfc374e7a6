import type { LeaseDecision, LeaveCause, ReadStateDecision, SaveDecision } from "./lease-decision.js";
import type { Instant } from "./lease.js";

/** Who is told what becomes of a lease. */
export interface LeaseEvents<C> {
  onRenewed(since: Instant): void;
  /** Exactly this is in the database. */
  onStored(content: C): void;
  onStop(): void;
  onAbort(): void;
  onDiscard(cause: LeaveCause): void;
  onEnded(cause: LeaveCause): void;
}

/** Tells it. The other decisions of the keeper of a lease are calls to the database. */
export function tellLease<C>(
  decision: Exclude<LeaseDecision<C>, SaveDecision<C> | ReadStateDecision>,
  events: LeaseEvents<C>,
): void {
  switch (decision.kind) {
    case "renewed":
      events.onRenewed(decision.since);
      return;
    case "stored":
      events.onStored(decision.content);
      return;
    case "stop":
      events.onStop();
      return;
    case "abort":
      events.onAbort();
      return;
    case "discard":
      events.onDiscard(decision.cause);
      return;
    case "ended":
      events.onEnded(decision.cause);
  }
}
