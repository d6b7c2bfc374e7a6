import type { Touchpoint } from "@hooklane/client";

/** While one runs, milliseconds: of contacts that are reached by the thousand, nobody wants to see each. */
const RUNNING_MS = 2_000;
/** Between the due time and the moment one that is due is taken up, milliseconds. */
const DUE_MS = 1_000;
/** A timer's longest wait, milliseconds; then it is looked again. */
const WAIT_MS_MAX = 2 ** 31 - 1;

type Timed = Pick<Touchpoint, "status" | "dueAt">;

/**
 * After how many milliseconds touchpoints are worth another look; false: nothing is ahead. The live stream tells of
 * deliveries and of changes, but not of the clock: that one became due, and how far it is.
 */
export function nextLookMs(touchpoints: readonly Timed[], nowMs: number): number | false {
  const waits = touchpoints.flatMap(({ status, dueAt }) => {
    if (status === "running") return [RUNNING_MS];
    if (status === "scheduled") return [Math.max(DUE_MS, Date.parse(dueAt) - nowMs + DUE_MS)];
    return [];
  });
  return waits.length > 0 ? Math.min(WAIT_MS_MAX, ...waits) : false;
}
