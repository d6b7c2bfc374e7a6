import { Context, type Liquid } from "liquidjs";
import type { TemplateBudget } from "./template-budget.js";

type Limits = NonNullable<ConstructorParameters<typeof Context>[3]>;

/** What listing a member of an object takes, units of work. */
export const MEMBER_WORK = 8;

/** What one rendering knows: the event's values, and what its work may still take. */
export class RenderContext extends Context {
  readonly budget: TemplateBudget;
  /** How many `capture` the output stands in; what is captured is text, and escaped where it is put out. */
  captures = 0;

  constructor(values: object, liquid: Liquid, budget: TemplateBudget) {
    // The engine asks its limits by `use` and `check`; ours counts for both.
    const limits = { memoryLimit: budget, renderLimit: budget } as unknown as Limits;
    super(values, liquid.options, { sync: true, ownPropertyOnly: true }, limits);
    this.budget = budget;
  }

  /** `size` of an object is counted anew each time. */
  override readProperty(...[from, key]: Parameters<Context["readProperty"]>): unknown {
    if (key === "size" && typeof from === "object" && !Array.isArray(from))
      this.budget.use(Object.keys(from).length * MEMBER_WORK);
    return super.readProperty(from, key) as unknown;
  }
}

/** What filters and tags are given is always one of ours. */
export function ours(context: Context): RenderContext {
  if (context instanceof RenderContext) return context;
  throw new TypeError("rendered with a context of another kind");
}
