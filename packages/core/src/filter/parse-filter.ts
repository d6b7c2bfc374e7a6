import { isInherited, whyNoPath } from "./field-path.js";
import {
  CONDITION_OPERATORS,
  type ConditionOperator,
  EVENT_SUBJECT,
  type Filter,
  FILTER_CONDITIONS_MAX,
  FILTER_VALUES_MAX,
  type FilterFault,
  type FilterSubject,
  GROUP_OPERATORS,
  type GroupOperator,
} from "./filter.js";
import { whyTooLarge } from "./filter-limits.js";
import {
  type ComparisonNode,
  type ConditionNode,
  ELEMENT,
  type FilterNode,
  type FilterPlace,
  type GroupNode,
} from "./filter-node.js";
import { compilePattern } from "./pattern.js";

export type ParsedFilter =
  | { readonly ok: true; readonly node: FilterNode }
  | { readonly ok: false; readonly faults: readonly FilterFault[] };

/**
 * Reads a filter, or says everything that is wrong with it. The subset: paths into the document with values or operators
 * (`$eq $ne $gt $gte $lt $lte $in $nin $exists $all $size $elemMatch $not`, `$regex` with `$options: "i"`), joined by
 * `$and`, `$or` and `$nor`. Nothing that runs code or computes (`$where`, `$expr`, `$function`). Never throws.
 */
export function parseFilter(filter: unknown, subject: FilterSubject): ParsedFilter {
  const tooLarge = whyTooLarge(filter);
  if (tooLarge !== undefined) return { ok: false, faults: [{ path: [], message: tooLarge }] };
  const parser = new FilterParser(subject);
  const node = parser.readFilter(filter, [], false);
  return parser.faults.length > 0 ? { ok: false, faults: parser.faults } : { ok: true, node };
}

/** What is wrong with a filter; empty when nothing is. */
export function checkFilter(filter: unknown, subject = EVENT_SUBJECT): readonly FilterFault[] {
  const parsed = parseFilter(filter, subject);
  return parsed.ok ? [] : parsed.faults;
}

/** Stands for what is no condition: `$options`, and whatever was refused. */
const NOTHING: FilterNode = { kind: "all", parts: [] };

/** Where a condition stands and what it is about. */
interface Subject {
  readonly place: FilterPlace;
  readonly path: string;
  /** In the element of a list: paths begin there. */
  readonly isOfElement: boolean;
}

class FilterParser {
  readonly faults: FilterFault[] = [];
  readonly #subject: FilterSubject;
  #conditions = 0;
  #patterns = 0;
  #values = 0;

  constructor(subject: FilterSubject) {
    this.#subject = subject;
  }

  /** Paths and `$and`, `$or`, `$nor`. */
  readFilter(filter: unknown, place: FilterPlace, isOfElement: boolean): FilterNode {
    if (!isObject(filter)) return this.#refuse(place, "must be an object");
    const entries = Object.entries(filter);
    if (entries.length === 0) return this.#refuse(place, "must have a condition");
    return toGroup(
      "all",
      entries.map(([name, value]) => this.#readEntry(name, value, [...place, name], isOfElement)),
    );
  }

  #readEntry(name: string, value: unknown, place: FilterPlace, isOfElement: boolean): FilterNode {
    if (isGroupOperator(name)) return this.#readGroup(name, value, place, isOfElement);
    if (name.startsWith("$")) return this.#refuse(place, whyNotHere(name));
    const fault = whyNoPath(name, isOfElement ? undefined : this.#subject);
    if (fault !== undefined) return this.#refuse(place, fault);
    const subject = { place, path: isOfElement ? `${ELEMENT}.${name}` : name, isOfElement };
    if (isObject(value) && hasOperator(value)) return this.#readOperators(value, subject);
    return this.#readComparison("$eq", value, subject);
  }

  #readGroup(name: GroupOperator, value: unknown, place: FilterPlace, isOfElement: boolean): FilterNode {
    if (!Array.isArray(value) || value.length === 0) return this.#refuse(place, "must be a list of filters");
    const parts = value.map((part: unknown, index) => this.readFilter(part, [...place, index], isOfElement));
    return { kind: GROUP_KINDS[name], parts };
  }

  /** All operators of one path. */
  #readOperators(operators: Filter, subject: Subject): FilterNode {
    const parts = Object.entries(operators).map(([operator, value]): FilterNode => {
      const place = [...subject.place, operator];
      if (operator === "$options") return this.#readOptions(value, operators, place);
      if (!isConditionOperator(operator)) return this.#refuse(place, whyNotHere(operator));
      return this.#readCondition(operator, value, operators, { ...subject, place });
    });
    return toGroup(
      "all",
      parts.filter((part) => part !== NOTHING),
    );
  }

  #readCondition(operator: ConditionOperator, value: unknown, beside: Filter, subject: Subject): FilterNode {
    switch (operator) {
      case "$regex":
        return this.#readPattern(value, beside.$options === "i", subject);
      case "$exists":
        return this.#readExistence(value, subject);
      case "$elemMatch":
        return this.#readElementMatch(value, subject);
      case "$not":
        return this.#readNot(value, subject);
      case "$eq":
      case "$ne":
      case "$gt":
      case "$gte":
      case "$lt":
      case "$lte":
      case "$in":
      case "$nin":
      case "$all":
      case "$size":
        return this.#readComparison(operator, value, subject);
    }
  }

  #readComparison(operator: ComparisonNode["operator"], expected: unknown, subject: Subject): FilterNode {
    const fault = whyNoOperand(operator, expected);
    if (fault !== undefined) return this.#refuse(subject.place, fault);
    if (Array.isArray(expected) && isListOperator(operator)) {
      this.#values += expected.length;
      if (this.#values > FILTER_VALUES_MAX) {
        return this.#refuse(
          subject.place,
          `is too much: lists have at most ${FILTER_VALUES_MAX} values together`,
        );
      }
    }
    return this.#condition({ kind: "condition", ...toBase(subject), operator, expected });
  }

  #readExistence(expected: unknown, subject: Subject): FilterNode {
    if (typeof expected !== "boolean") return this.#refuse(subject.place, "must be true or false");
    return this.#condition({ kind: "condition", ...toBase(subject), operator: "$exists", expected });
  }

  #readPattern(expected: unknown, ignoreCase: boolean, subject: Subject): FilterNode {
    if (typeof expected !== "string") return this.#refuse(subject.place, "must be a text");
    this.#patterns += 1;
    // Compiling takes time, and so many are too much already: said as a fault of one of them, or of the conditions.
    if (this.#patterns > FILTER_CONDITIONS_MAX + 1) return NOTHING;
    const compiled = compilePattern(expected, { ignoreCase });
    if (!compiled.ok) return this.#refuse(subject.place, compiled.message);
    const { pattern } = compiled;
    return this.#condition({ kind: "condition", ...toBase(subject), operator: "$regex", expected, pattern });
  }

  /** Its meaning is read with `$regex`; here it only is checked. */
  #readOptions(value: unknown, beside: Filter, place: FilterPlace): FilterNode {
    if (!Object.hasOwn(beside, "$regex")) return this.#refuse(place, "only stands beside $regex");
    return value === "i" ? NOTHING : this.#refuse(place, 'must be "i"');
  }

  /** Operators on the element itself, or a filter of its fields. */
  #readElementMatch(expected: unknown, subject: Subject): FilterNode {
    const { place } = subject;
    const ofElement = { place, path: ELEMENT, isOfElement: true };
    const isOfElement =
      isObject(expected) && hasOperator(expected) && !Object.keys(expected).some(isGroupOperator);
    const part = isOfElement
      ? this.#readOperators(expected, ofElement)
      : this.readFilter(expected, place, true);
    const base = { kind: "condition", ...toBase(subject), operator: "$elemMatch", expected } as const;
    return this.#condition({ ...base, part, isOfFields: !isOfElement });
  }

  #readNot(expected: unknown, subject: Subject): FilterNode {
    if (!isObject(expected) || !hasOperator(expected)) {
      return this.#refuse(subject.place, "must have operators: { $not: { $gt: 5 } }");
    }
    const part = this.#readOperators(expected, subject);
    return this.#condition({ kind: "condition", ...toBase(subject), operator: "$not", expected, part });
  }

  #condition(node: ConditionNode): FilterNode {
    this.#conditions += 1;
    // Said once, at the first that is too much.
    if (this.#conditions === FILTER_CONDITIONS_MAX + 1) {
      return this.#refuse(
        node.place,
        `is too much: a filter has at most ${FILTER_CONDITIONS_MAX} conditions`,
      );
    }
    return node;
  }

  #refuse(path: FilterPlace, message: string): FilterNode {
    this.faults.push({ path, message });
    return NOTHING;
  }
}

const GROUP_KINDS: Readonly<Record<GroupOperator, GroupNode["kind"]>> = {
  $and: "all",
  $or: "any",
  $nor: "none",
};

const toBase = ({ place, path }: Subject) => ({ place, path });

function toGroup(kind: GroupNode["kind"], parts: readonly FilterNode[]): FilterNode {
  const [first] = parts;
  return parts.length === 1 && first && kind === "all" ? first : { kind, parts };
}

const isObject = (value: unknown): value is Filter =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasOperator = (value: Filter): boolean => Object.keys(value).some((name) => name.startsWith("$"));

const isGroupOperator = (name: string): name is GroupOperator =>
  (GROUP_OPERATORS as readonly string[]).includes(name);

const isConditionOperator = (name: string): name is ConditionOperator =>
  (CONDITION_OPERATORS as readonly string[]).includes(name);

function whyNotHere(name: string): string {
  if (isGroupOperator(name)) return "joins filters and does not stand below a path";
  if (isConditionOperator(name) || name === "$options")
    return 'stands below a path: { "data.plan": { $ne: "free" } }';
  if (!name.startsWith("$")) return "stands among operators and is none";
  return "is not an operator that can be used";
}

const isListOperator = (operator: ConditionOperator): boolean =>
  operator === "$in" || operator === "$nin" || operator === "$all";

function whyNoOperand(operator: ComparisonNode["operator"], value: unknown): string | undefined {
  switch (operator) {
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return typeof value === "number" || typeof value === "string"
        ? undefined
        : "must be a number or a text";
    case "$size":
      return Number.isInteger(value) && Number(value) >= 0 ? undefined : "must be a whole number from 0";
    case "$in":
    case "$nin":
    case "$all":
      if (!Array.isArray(value) || value.length === 0) return "must be a list with at least one value";
      return whyNoValue(value);
    case "$eq":
    case "$ne":
      return whyNoValue(value);
  }
}

/** A value to compare with is taken as it is: an operator in it would be compared too, and never be what was meant. */
function whyNoValue(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    if (name.startsWith("$")) return `must not have ${name} in a value: put it below a path`;
    if (isInherited(name)) return `must not name ${name}`;
    const fault = whyNoValue(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
