import { type Context, defaultOperators, type Operators } from "liquidjs";
import { ours } from "./render-context.js";
import type { TemplateBudget } from "./template-budget.js";

/** The engine compares lists element by element and looks through texts without asking its limits: paid for before. */
export const payingOperators: Operators = {
  ...defaultOperators,
  ...Object.fromEntries(["==", "!=", "<", ">", "<=", ">=", "contains"].map((name) => [name, paying(name)])),
};

type Comparison = (left: unknown, right: unknown, context: Context) => ReturnType<Operators[string]>;

function paying(name: string): Comparison {
  const compare = defaultOperators[name] as Comparison | undefined;
  if (compare === undefined) throw new RangeError(`the engine has no operator ${name}`);
  return (left, right, context) => {
    payForComparing([left, right], ours(context).budget);
    return compare(left, right, context);
  };
}

/** What comparing two elements takes, units of work: far more than touching one. */
const COMPARE_WORK = 8;

/** Every character and element of some values, lists within lists too; members of objects are not compared. */
export function payForComparing(values: readonly unknown[], budget: TemplateBudget): void {
  const left = [...values];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") budget.use(value.length);
    if (!Array.isArray(value)) continue;
    budget.use((value.length + 1) * COMPARE_WORK);
    for (const element of value)
      if (typeof element === "string" || Array.isArray(element)) left.push(element);
  }
}
