import type { ContactId } from "../ids.js";
import type { DeliveryStatus } from "../vocabulary.js";
import { countedAs, NOTHING_SETTLED, type TouchpointTally } from "./touchpoint.js";

/** A contact that entered, and what the logs say of it. */
export interface EnteredContact {
  readonly id: ContactId;
  /** Of its delivery, or that of a recovery; `unmatched`: the router decided against one. */
  readonly outcome: DeliveryStatus | "unmatched";
}

export interface Folded {
  /** They and those before them are settled; undefined: not even the first is. */
  readonly through: ContactId | undefined;
  readonly tally: TouchpointTally;
}

/**
 * Counts those that are settled, up to the first that is not. An endpoint's line settles in order (D2), so little is left
 * for the next time; and each contact is counted once, whoever counts.
 *
 * @param entered in the order of the ids
 */
export function foldSettled(entered: readonly EnteredContact[]): Folded {
  const tally = { ...NOTHING_SETTLED };
  let through: ContactId | undefined;
  for (const { id, outcome } of entered) {
    const counted = outcome === "unmatched" ? "skipped" : countedAs(outcome);
    if (counted === undefined) break;
    tally[counted]++;
    through = id;
  }
  return { through, tally };
}
