import type { ComparisonNode } from "./filter-node.js";
import { ELEMENT } from "./filter-node.js";
import { isEqualValue } from "./is-equal-value.js";
import type { StepBudget } from "./step-budget.js";

/** Whether what was found at a path is what is wanted. @throws FilterTooCostlyError */
export type Comparison = (found: unknown, budget: StepBudget) => boolean;

/** Compiles the comparison of a condition, with mingo's meaning: a list is what it is, and each of its elements. */
export function toComparison({ path, operator, expected }: ComparisonNode): Comparison {
  switch (operator) {
    case "$eq":
      return equals(expected, toDepth(path));
    case "$ne":
      return not(equals(expected, toDepth(path)));
    case "$gt":
      return compares(expected, (found, wanted) => found > wanted);
    case "$gte":
      return compares(expected, (found, wanted) => found >= wanted);
    case "$lt":
      return compares(expected, (found, wanted) => found < wanted);
    case "$lte":
      return compares(expected, (found, wanted) => found <= wanted);
    case "$in":
      return isAmong(expected as readonly unknown[]);
    case "$nin":
      return not(isAmong(expected as readonly unknown[]));
    case "$all":
      return hasAll(expected as readonly unknown[]);
    case "$size":
      return (found) => Array.isArray(found) && found.length === expected;
  }
}

/** Lists a path may lead through, so that what was found may stand as deep in lists: one for each dot. */
function toDepth(path: string): number {
  const dots = path.split(".").length - 1;
  return path.startsWith(`${ELEMENT}.`) ? dots - 1 : dots;
}

const not =
  (comparison: Comparison): Comparison =>
  (found, budget) =>
    !comparison(found, budget);

function equals(wanted: unknown, depth: number): Comparison {
  return (found, budget) => {
    if (found === undefined || found === null) return wanted === null;
    if (isEqualValue(found, wanted, budget)) return true;
    return (
      Array.isArray(found) && someWithin(found, depth, (element) => isEqualValue(element, wanted, budget))
    );
  };
}

/** Whether an element passes, of the list or of lists so deep in it. */
function someWithin(list: readonly unknown[], depth: number, test: (element: unknown) => boolean): boolean {
  return list.some(
    (element) =>
      test(element) || (depth > 0 && Array.isArray(element) && someWithin(element, depth - 1, test)),
  );
}

/** Numbers among numbers and texts among texts, those by their UTF-16 units. */
function compares(
  wanted: unknown,
  holds: (found: string | number, wanted: string | number) => boolean,
): Comparison {
  return someElement((element, budget) => {
    budget.spend(1);
    if (typeof element === "number" && typeof wanted === "number") return holds(element, wanted);
    return typeof element === "string" && typeof wanted === "string" && holds(element, wanted);
  });
}

function isAmong(wanted: readonly unknown[]): Comparison {
  const simple = new Set(wanted.filter((value) => !isCompound(value)));
  const compound = wanted.filter(isCompound);
  const isWanted: Comparison = (element, budget) => {
    budget.spend(1);
    return isCompound(element)
      ? compound.some((value) => isEqualValue(element, value, budget))
      : simple.has(element);
  };
  const isAnyWanted = someElement(isWanted);
  return (found, budget) => isAnyWanted(found ?? null, budget);
}

/** Each of the values is an element; one list is gone through for all that are no objects and lists. */
function hasAll(wanted: readonly unknown[]): Comparison {
  const simple = new Set(wanted.filter((value) => !isCompound(value)));
  const compound = wanted.filter(isCompound);
  return (found, budget) => {
    if (!Array.isArray(found)) return false;
    budget.spend(found.length);
    const elements = new Set<unknown>(found);
    if (![...simple].every((value) => elements.has(value))) return false;
    return compound.every((value) => found.some((element) => isEqualValue(element, value, budget)));
  };
}

const someElement =
  (comparison: Comparison): Comparison =>
  (found, budget) =>
    Array.isArray(found)
      ? found.some((element: unknown) => comparison(element, budget))
      : comparison(found, budget);

const isCompound = (value: unknown): boolean => typeof value === "object" && value !== null;
