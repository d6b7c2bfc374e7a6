import { toComparison } from "./comparison.js";
import { ELEMENT, type ConditionNode, type ElementNode, type FilterNode } from "./filter-node.js";
import { hasPath, readPath } from "./read-path.js";
import type { StepBudget } from "./step-budget.js";

/** What conditions are about: what is filtered, or an element of a list under {@link ELEMENT}. */
type Document = object;

/** Whether a document matches. @throws FilterTooCostlyError */
export type Matcher = (document: Document, budget: StepBudget) => boolean;

/** Compiles a filter that was read: once for all documents. */
export function toMatcher(node: FilterNode): Matcher {
  switch (node.kind) {
    case "condition":
      return toConditionMatcher(node);
    case "all": {
      const parts = node.parts.map(toMatcher);
      return (document, budget) => parts.every((part) => part(document, budget));
    }
    case "any": {
      const parts = node.parts.map(toMatcher);
      return (document, budget) => parts.some((part) => part(document, budget));
    }
    case "none": {
      const parts = node.parts.map(toMatcher);
      return (document, budget) => !parts.some((part) => part(document, budget));
    }
  }
}

function toConditionMatcher(node: ConditionNode): Matcher {
  switch (node.operator) {
    case "$regex": {
      const { path, pattern } = node;
      return (document, budget) =>
        textsOf(readPath(document, path, budget), budget).some((text) => pattern.test(text, budget));
    }
    case "$exists": {
      const { path, expected } = node;
      return (document, budget) => hasPath(document, path, budget) === expected;
    }
    case "$elemMatch":
      return toElementMatcher(node);
    case "$not": {
      const part = toMatcher(node.part);
      return (document, budget) => !part(document, budget);
    }
    default: {
      const { path } = node;
      const matches = toComparison(node);
      return (document, budget) => matches(readPath(document, path, budget), budget);
    }
  }
}

function toElementMatcher({ path, part, isOfFields }: ElementNode): Matcher {
  const matches = toMatcher(part);
  return (document, budget) => {
    const list = readPath(document, path, budget);
    if (!Array.isArray(list)) return false;
    return list.some((element: unknown) => {
      budget.spend(1);
      return (!isOfFields || hasFields(element)) && matches({ [ELEMENT]: element }, budget);
    });
  };
}

const hasFields = (element: unknown): boolean => typeof element === "object" && element !== null;

/** The texts a pattern is looked for in: a text, or those of a list and of the lists in it. */
function textsOf(value: unknown, budget: StepBudget): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value.flat() : [value];
  budget.spend(values.length);
  return values.filter((text) => typeof text === "string");
}
