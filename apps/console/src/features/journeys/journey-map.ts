import type { Journey, JourneyPoint } from "@hooklane/client";

export type Step = Journey["steps"][number];

/** Between which two steps something stands or is to stand, by their ids; absent: the beginning, or the end. */
export interface MapPlace {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** A way on from a step, or from the beginning. */
export interface MapPath extends MapPlace {
  readonly to:
    | { readonly kind: "step"; readonly node: MapNode }
    /** It leads to a step that stands elsewhere on the map. */
    | { readonly kind: "join"; readonly step: Step }
    | { readonly kind: "end" };
}

export interface MapNode {
  readonly step: Step;
  /** At least one: that to the end. */
  readonly paths: readonly MapPath[];
}

/** A journey as it is drawn: a tree, in which a step stands once. */
export interface JourneyMap {
  readonly paths: readonly MapPath[];
  /** Points the journey has, and its map does not. */
  readonly unplaced: readonly JourneyPoint[];
}

type Points = readonly JourneyPoint[];

/**
 * A journey that never got a map has its points behind each other, in the order they came.
 *
 * @param points oldest first
 */
export function toSteps(
  steps: readonly Step[],
  points: readonly Pick<JourneyPoint, "id">[],
): readonly Step[] {
  if (steps.length > 0) return steps;
  return points.map(({ id }, index) => {
    const next = points[index + 1];
    return { id, kind: "point", pointId: id, next: next ? [next.id] : [] };
  });
}

export function toMap(given: readonly Step[], points: Points): JourneyMap {
  const steps = toSteps(given, points);
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const toPath = (before: string, after?: string): MapPath => {
    const step = byId.get(before);
    if (!step) return { after, to: { kind: "end" } };
    if (seen.has(before)) return { after, before, to: { kind: "join", step } };
    seen.add(before);
    return { after, before, to: { kind: "step", node: toNode(step) } };
  };
  const toNode = (step: Step): MapNode => ({
    step,
    paths:
      step.next.length === 0
        ? [{ after: step.id, to: { kind: "end" } }]
        : step.next.map((next) => toPath(next, step.id)),
  });
  const paths = rootsOf(steps).map(({ id }) => toPath(id));
  // What is left goes in circles that nobody comes to.
  for (const { id } of steps) if (!seen.has(id)) paths.push(toPath(id));
  const placed = new Set(steps.map(({ pointId }) => pointId));
  return {
    paths: paths.length === 0 ? [{ to: { kind: "end" } }] : paths,
    unplaced: points.filter(({ id }) => !placed.has(id)),
  };
}

/** The map with a point at a place. What the place names and is not there any more counts as the beginning, or the end. */
export function withPoint(steps: readonly Step[], pointId: string, place: MapPlace): readonly Step[] {
  const isThere = (id: string | undefined) => steps.some((step) => step.id === id);
  const { after, before } = place;
  const next = before !== undefined && isThere(before) ? [before] : [];
  const point: Step = { id: pointId, kind: "point", pointId, next };
  const linked = steps.map((step) => {
    if (step.id !== after) return step;
    const others = step.next.includes(before ?? "")
      ? step.next.map((id) => (id === before ? pointId : id))
      : [...step.next, pointId];
    return { ...step, next: others };
  });
  // The first step is drawn first.
  return after === undefined ? [point, ...linked] : [...linked, point];
}

/** Behind the last step of the first way through the map. */
export function endOf(steps: readonly Step[]): MapPlace {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  let last = rootsOf(steps)[0] ?? steps[0];
  for (let at = last; at && !seen.has(at.id); at = byId.get(at.next[0] ?? "")) {
    seen.add(at.id);
    last = at;
  }
  return { after: last?.id };
}

/** Those that none leads to, in their order. */
function rootsOf(steps: readonly Step[]): readonly Step[] {
  const reached = new Set(steps.flatMap(({ next }) => next));
  return steps.filter(({ id }) => !reached.has(id));
}
