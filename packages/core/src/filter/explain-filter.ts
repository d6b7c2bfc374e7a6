import type { NativeEvent } from "../event.js";
import { type FilterFailure, run } from "./compile-filter.js";
import { type ConditionOperator, EVENT_SUBJECT, type Filter, FILTER_STEPS_MAX } from "./filter.js";
import type { ConditionNode, FilterNode, FilterPlace } from "./filter-node.js";
import { toMatcher } from "./matcher.js";
import { parseFilter } from "./parse-filter.js";
import { readPath } from "./read-path.js";
import { FilterTooCostlyError, StepBudget } from "./step-budget.js";

/** What one condition says of an event, by itself: whatever joins it to others. */
export interface ExplainedCondition {
  /** Where it stands in the filter. */
  readonly place: FilterPlace;
  /** Dotted, in the event. */
  readonly path: string;
  readonly operator: ConditionOperator;
  /** As it stands in the filter. */
  readonly expected: unknown;
  /** What the event has at the path; undefined when nothing. */
  readonly actual: unknown;
  readonly matched: boolean;
}

export interface FilterExplanation {
  readonly matched: boolean;
  /** Why the filter was given up on this event; it does not match then. */
  readonly failure?: FilterFailure;
  /** In the order of the filter; those inside of `$elemMatch` and `$not` are told as one. */
  readonly conditions: readonly ExplainedCondition[];
}

/**
 * Why an event matches a filter or does not: what `compileFilter` says of it, and each condition beside.
 *
 * @throws RangeError for a filter that was not checked before
 */
export function explainFilter(filter: Filter, event: NativeEvent): FilterExplanation {
  const parsed = parseFilter(filter, EVENT_SUBJECT);
  if (!parsed.ok) throw new RangeError("The filter was not checked");
  return {
    ...run(toMatcher(parsed.node), event),
    conditions: conditionsOf(parsed.node).map((node) => explainCondition(node, event)),
  };
}

function conditionsOf(node: FilterNode): readonly ConditionNode[] {
  return node.kind === "condition" ? [node] : node.parts.flatMap(conditionsOf);
}

function explainCondition(node: ConditionNode, event: NativeEvent): ExplainedCondition {
  const { place, path, operator, expected } = node;
  const { matched } = run(toMatcher(node), event);
  return { place, path, operator, expected, actual: read(event, path), matched };
}

/** Undefined too when there is too much to look through. */
function read(event: NativeEvent, path: string): unknown {
  try {
    return readPath(event, path, new StepBudget(FILTER_STEPS_MAX));
  } catch (error) {
    if (error instanceof FilterTooCostlyError) return undefined;
    throw error;
  }
}
