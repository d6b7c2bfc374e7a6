import type { TemplateBudget } from "./template-budget.js";

/**
 * A filter: no clock, no chance, and it pays before it makes anything.
 *
 * @param args positional ones as they are, named ones as `[name, value]`
 */
export type TemplateFilter = (budget: TemplateBudget, value: unknown, ...args: readonly unknown[]) => unknown;
