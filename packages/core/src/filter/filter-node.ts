import type { ConditionOperator } from "./filter.js";
import type { Pattern } from "./pattern.js";

/** What conditions inside of `$elemMatch` call the element of the list. */
export const ELEMENT = "element";

/** Where in a filter something stands: keys of objects, indexes of lists. */
export type FilterPlace = readonly (string | number)[];

/** One path and operator, as it was read. */
interface ConditionBase {
  readonly kind: "condition";
  readonly place: FilterPlace;
  /** Dotted. Inside of `$elemMatch` it begins with {@link ELEMENT}, which stands for the element. */
  readonly path: string;
  readonly operator: ConditionOperator;
  /** As it stands in the filter. */
  readonly expected: unknown;
}

export interface ComparisonNode extends ConditionBase {
  readonly operator: Exclude<ConditionOperator, "$exists" | "$regex" | "$elemMatch" | "$not">;
}

interface ExistenceNode extends ConditionBase {
  readonly operator: "$exists";
  readonly expected: boolean;
}

interface PatternConditionNode extends ConditionBase {
  readonly operator: "$regex";
  readonly pattern: Pattern;
}

/** An element of the list matches. */
export interface ElementNode extends ConditionBase {
  readonly operator: "$elemMatch";
  readonly part: FilterNode;
  /** `part` is about fields of the element, so an element without any does not match. */
  readonly isOfFields: boolean;
}

/** The value does not match. */
interface NotNode extends ConditionBase {
  readonly operator: "$not";
  readonly part: FilterNode;
}

export type ConditionNode = ComparisonNode | ExistenceNode | PatternConditionNode | ElementNode | NotNode;

/** All of the parts match, any of them does, or none. */
export interface GroupNode {
  readonly kind: "all" | "any" | "none";
  readonly parts: readonly FilterNode[];
}

/** A filter as it was read. */
export type FilterNode = GroupNode | ConditionNode;
