import type { WebhookId } from "../ids.js";

/** What a step of a journey's map stands for. Only points send anything (W4). */
export const STEP_KINDS = ["start", "rule", "action", "point"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One box of the map a journey is drawn as. */
export interface JourneyStep {
  /** Unique in the journey. */
  readonly id: string;
  readonly kind: StepKind;
  /** Absent of a point: its name. */
  readonly label?: string;
  /** Of kind `point`: which one. */
  readonly pointId?: WebhookId;
  /** Where contacts go on, by the steps' ids. A path may lead back. */
  readonly next: readonly string[];
}

export const JOURNEY_POINTS_MAX = 100;
export const JOURNEY_STEPS_MAX = 500;
export const STEP_NEXT_MAX = 20;

/** What is wrong with a map, at which step (from 0). */
export type StepFault =
  | { readonly kind: "repeated_id"; readonly index: number }
  | { readonly kind: "unknown_next"; readonly index: number; readonly nextIndex: number }
  | { readonly kind: "unknown_point"; readonly index: number }
  | { readonly kind: "repeated_point"; readonly index: number };

/**
 * Checks a map against itself and against the journey's points. A point stands on it once at most, or not yet.
 *
 * @param points ids of the journey's points
 */
export function checkSteps(
  steps: readonly JourneyStep[],
  points: ReadonlySet<WebhookId>,
): readonly StepFault[] {
  const ids = new Set(steps.map(({ id }) => id));
  const seenIds = new Set<string>();
  const seenPoints = new Set<WebhookId>();
  return steps.flatMap(({ id, pointId, next }, index) => {
    const faults: StepFault[] = [];
    if (seenIds.has(id)) faults.push({ kind: "repeated_id", index });
    seenIds.add(id);
    next.forEach((to, nextIndex) => {
      if (!ids.has(to)) faults.push({ kind: "unknown_next", index, nextIndex });
    });
    if (pointId === undefined) return faults;
    if (!points.has(pointId)) faults.push({ kind: "unknown_point", index });
    else if (seenPoints.has(pointId)) faults.push({ kind: "repeated_point", index });
    seenPoints.add(pointId);
    return faults;
  });
}

/**
 * The map without a point: whoever came to it goes on to where it led.
 *
 * @returns the same array when the point is not on it
 */
export function withoutPoint(steps: readonly JourneyStep[], pointId: WebhookId): readonly JourneyStep[] {
  const gone = steps.find((step) => step.pointId === pointId);
  if (!gone) return steps;
  const onwards = gone.next.filter((to) => to !== gone.id);
  return steps
    .filter((step) => step !== gone)
    .map((step) => {
      if (!step.next.includes(gone.id)) return step;
      const next = new Set(step.next.flatMap((to) => (to === gone.id ? onwards : [to])));
      return { ...step, next: [...next].slice(0, STEP_NEXT_MAX) };
    });
}
