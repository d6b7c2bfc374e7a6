import type { NativeEvent } from "../event.js";
import { EVENT_SUBJECT, FILTER_STEPS_MAX, type FilterFault, type FilterSubject } from "./filter.js";
import { type Matcher, toMatcher } from "./matcher.js";
import { parseFilter } from "./parse-filter.js";
import { FilterTooCostlyError, StepBudget } from "./step-budget.js";

/** A filter ready for documents: events (product.md W7), unless another kind is named. */
export interface CompiledFilter<Document extends object = NativeEvent> {
  /** Whether a document matches. Never throws: what fails, or takes too many steps, does not match. */
  matches(document: Document): boolean;
}

export type FilterCompilation<Document extends object = NativeEvent> =
  | { readonly ok: true; readonly filter: CompiledFilter<Document> }
  | { readonly ok: false; readonly faults: readonly FilterFault[] };

/** Compiles a filter for many events, or says what is wrong with it. Never throws. */
export const compileFilter = (filter: unknown): FilterCompilation =>
  compileFilterOf<NativeEvent>(filter, EVENT_SUBJECT);

/** {@link compileFilter} for documents that are no events. Never throws. */
export function compileFilterOf<Document extends object>(
  filter: unknown,
  subject: FilterSubject,
): FilterCompilation<Document> {
  const parsed = parseFilter(filter, subject);
  if (!parsed.ok) return parsed;
  const matcher = toMatcher(parsed.node);
  return { ok: true, filter: { matches: (document) => run(matcher, document).matched } };
}

/** Matches nothing. */
export const NO_MATCH: CompiledFilter<object> = { matches: () => false };

/** Why a filter was given up on a document. */
export type FilterFailure = "too_many_steps" | "failed";

/** What a filter says of a document. `failure` is only there when it does not match. */
export interface FilterOutcome {
  readonly matched: boolean;
  readonly failure?: FilterFailure;
}

/** Runs a matcher within its steps. */
export function run(matcher: Matcher, document: object): FilterOutcome {
  try {
    return { matched: matcher(document, new StepBudget(FILTER_STEPS_MAX)) };
  } catch (error) {
    return { matched: false, failure: error instanceof FilterTooCostlyError ? "too_many_steps" : "failed" };
  }
}
