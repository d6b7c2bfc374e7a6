import type { StepBudget } from "./step-budget.js";

/**
 * Whether two JSON values are equal; the order of an object's fields does not count. Goes no deeper than the less deep
 * of the two.
 *
 * @throws FilterTooCostlyError
 */
export function isEqualValue(one: unknown, other: unknown, budget: StepBudget): boolean {
  budget.spend(1);
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) return isEqualList(one, other, budget);
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isEqualValue(one[name], other[name], budget));
}

function isEqualList(one: unknown, other: unknown, budget: StepBudget): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((element: unknown, index) => isEqualValue(element, other[index], budget));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
