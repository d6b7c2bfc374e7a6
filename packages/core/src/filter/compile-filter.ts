import type { NativeEvent } from "../event.js";
import { FILTER_STEPS_MAX, type FilterFault } from "./filter.js";
import { type Matcher, toMatcher } from "./matcher.js";
import { parseFilter } from "./parse-filter.js";
import { FilterTooCostlyError, StepBudget } from "./step-budget.js";

/** A filter ready for events (product.md W7). */
export interface CompiledFilter {
  /** Whether an event matches. Never throws: what fails, or takes too many steps, does not match. */
  matches(event: NativeEvent): boolean;
}

export type FilterCompilation =
  | { readonly ok: true; readonly filter: CompiledFilter }
  | { readonly ok: false; readonly faults: readonly FilterFault[] };

/** Compiles a filter for many events, or says what is wrong with it. Never throws. */
export function compileFilter(filter: unknown): FilterCompilation {
  const parsed = parseFilter(filter);
  if (!parsed.ok) return parsed;
  const matcher = toMatcher(parsed.node);
  return { ok: true, filter: { matches: (event) => run(matcher, event).matched } };
}

/** Matches nothing. */
export const NO_MATCH: CompiledFilter = { matches: () => false };

/** Why a filter was given up on an event. */
export type FilterFailure = "too_many_steps" | "failed";

/** What a filter says of an event. `failure` is only there when it does not match. */
export interface FilterOutcome {
  readonly matched: boolean;
  readonly failure?: FilterFailure;
}

/** Runs a matcher within its steps. */
export function run(matcher: Matcher, event: NativeEvent): FilterOutcome {
  try {
    return { matched: matcher(event, new StepBudget(FILTER_STEPS_MAX)) };
  } catch (error) {
    return { matched: false, failure: error instanceof FilterTooCostlyError ? "too_many_steps" : "failed" };
  }
}
