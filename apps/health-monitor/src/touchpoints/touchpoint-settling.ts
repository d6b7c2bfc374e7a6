import { addTally, type ContactId, foldSettled, NOTHING_SETTLED, sumOfTally } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type { ClaimedRun, TouchpointContacts, TouchpointOutcomes, TouchpointRuns } from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import { GIVE_UP_AFTER_MS, toEntered } from "./touchpoint-walk.js";

export interface TouchpointSettlingOptions {
  readonly runs: Pick<TouchpointRuns, "advance" | "closeSnapshot" | "finish">;
  readonly contacts: Pick<TouchpointContacts, "forget">;
  readonly outcomes: Pick<TouchpointOutcomes, "list" | "readGeneration">;
  readonly owner: string;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Contacts whose ends are looked at at once, and how often in one turn. */
const SETTLED_AT_ONCE = 500;
const READS_A_TURN = 20;

/**
 * Counts what became of the contacts of a touchpoint, in the order they entered, each once; and ends the touchpoint when
 * all of them have an end, or nobody is left to tell it.
 */
export class TouchpointSettling {
  readonly #options: TouchpointSettlingOptions;

  constructor(options: TouchpointSettlingOptions) {
    this.#options = options;
  }

  async step(claimed: ClaimedRun): Promise<void> {
    const counted = await this.#count(claimed);
    if (!counted) return;
    const { current, isOpen } = counted;
    const { isWalked, entered, settled, movedAt } = current.run;
    if (!isWalked) return;
    const untold = entered - sumOfTally(settled);
    const waitedMs = this.#options.now().getTime() - movedAt.getTime();
    // Not told, and not in the event log any more: it keeps no longer.
    if (untold > 0 && isOpen && waitedMs < GIVE_UP_AFTER_MS) return;
    await this.#finish(current, Math.max(0, untold));
  }

  /** @returns the run as it is then, and whether it ends at somebody without an end; undefined: it is another's */
  async #count(
    claimed: ClaimedRun,
  ): Promise<{ readonly current: ClaimedRun; readonly isOpen: boolean } | undefined> {
    const generation = await this.#options.outcomes.readGeneration(claimed._id);
    let current = isOutdated(claimed, generation) ? fromTheFirst(claimed) : claimed;
    for (let reads = 0; reads < READS_A_TURN; reads++) {
      const { walkedThrough: through, settledThrough: after } = current.run;
      if (through === undefined) return { current, isOpen: false };
      const next = await this.#countNext(current, { after, through }, generation);
      if (!next) return undefined;
      current = next.current;
      if (next.isEnd) return { current, isOpen: next.isOpen };
    }
    return { current, isOpen: true };
  }

  async #countNext(
    current: ClaimedRun,
    range: { readonly after: ContactId | undefined; readonly through: ContactId },
    generation: number | undefined,
  ) {
    const { outcomes, runs, owner, now } = this.#options;
    const entered = await outcomes.list(toEntered(current), range, SETTLED_AT_ONCE);
    const { through: settledThrough, tally } = foldSettled(entered);
    const isOpen = settledThrough !== entered.at(-1)?.id;
    const isEnd = isOpen || entered.length < SETTLED_AT_ONCE;
    if (settledThrough === undefined) return { current, isOpen, isEnd };
    const settled = addTally(current.run.settled, tally);
    const to = { settledThrough, settled, movedAt: now() };
    const settledIn = generation === undefined ? {} : { settledIn: generation };
    const advanced = await runs.advance(current, owner, { ...to, ...settledIn });
    return advanced && { current: advanced, isOpen, isEnd };
  }

  async #finish(claimed: ClaimedRun, untold: number): Promise<void> {
    const { runs, contacts, owner, metrics, logger, now } = this.#options;
    const { _id: touchpointId, workspaceId } = claimed;
    await runs.closeSnapshot(touchpointId);
    await contacts.forget(touchpointId);
    if (!(await runs.finish(claimed, owner, now()))) return;
    const status = claimed.cancelReason === undefined ? "completed" : "cancelled";
    metrics.touchpointsEnded.inc({ status });
    if (untold > 0) logger.warn({ workspaceId, touchpointId, contacts: untold }, "touchpoint.ends_untold");
    logger.info({ workspaceId, touchpointId, status }, "touchpoint.ended");
  }
}

/** The webhook was switched off or on since somebody was counted as skipped: a recovery may send to them. */
const isOutdated = ({ run: { settled, settledIn } }: ClaimedRun, generation: number | undefined): boolean =>
  settled.skipped > 0 && generation !== settledIn;

/** Stored with the first who are counted anew. */
function fromTheFirst(claimed: ClaimedRun): ClaimedRun {
  const { settledThrough: _, ...run } = claimed.run;
  return { ...claimed, run: { ...run, settled: NOTHING_SETTLED } };
}
