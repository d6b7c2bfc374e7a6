import type { TemplateBudget } from "./template-budget.js";
import type { TemplateFilter } from "./template-filter.js";
import { toText } from "./template-output.js";

/** A list is itself, nothing is none, anything else the only element. Paid for, whatever becomes of it. */
function toList(value: unknown, budget: TemplateBudget): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return [value];
  budget.use(value.length);
  return value as readonly unknown[];
}

/** A member by its path, `address.city`: own members only. */
function readPath(value: unknown, path: string): unknown {
  let at = value;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

/** The elements' values of a path; without one, the elements. */
function readEach(list: readonly unknown[], path: unknown, budget: TemplateBudget): readonly unknown[] {
  if (path === undefined) return list;
  const text = toText(path, budget);
  budget.use(list.length * text.length);
  return list.map((element) => readPath(element, text));
}

function sortBy(
  budget: TemplateBudget,
  value: unknown,
  path: unknown,
  toKey: (value: unknown) => unknown,
): readonly unknown[] {
  const list = toList(value, budget);
  budget.use(list.length * Math.ceil(Math.log2(list.length + 1)));
  const keys = readEach(list, path, budget).map(toKey);
  return list
    .map((element, index) => ({ element, key: keys[index] }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ element }) => element);
}

/** Numbers by value, texts by their units, whatever the machine's language is; what is neither comes last. */
function compare(one: unknown, other: unknown): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "string" && typeof other === "string") return one < other ? -1 : one > other ? 1 : 0;
  return rankOf(one) - rankOf(other);
}

const rankOf = (value: unknown): number =>
  typeof value === "number" ? 0 : typeof value === "string" ? 1 : 2;

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** Of text: characters, of a list: elements. A place below 0 is counted from the end. */
function slice(budget: TemplateBudget, value: unknown, from: unknown, count: unknown): unknown {
  const whole = Array.isArray(value) ? toList(value, budget) : toText(value, budget);
  budget.use(whole.length);
  const begin = Number(from ?? 0);
  const start = begin < 0 ? whole.length + begin : begin;
  return whole.slice(Math.max(0, start), Math.max(0, start + Number(count ?? 1)));
}

/** Filters over lists; none changes the list it is given. */
export const listFilters: Readonly<Record<string, TemplateFilter>> = {
  slice,
  size: (_budget, value) => (typeof value === "string" || Array.isArray(value) ? value.length : 0),
  first: (_budget, value) => (Array.isArray(value) ? (value[0] as unknown) : ""),
  last: (_budget, value) => (Array.isArray(value) ? (value.at(-1) as unknown) : ""),
  join: (budget, value, by) => {
    const separator = by === undefined ? " " : toText(by, budget);
    const texts = toList(value, budget).map((element) => toText(element, budget));
    // The same long text may stand in it many times.
    for (const text of texts) budget.use(text.length + separator.length);
    return texts.join(separator);
  },
  concat: (budget, value, more) => [...toList(value, budget), ...toList(more, budget)],
  compact: (budget, value) => toList(value, budget).filter(isThere),
  reverse: (budget, value) => [...toList(value, budget)].reverse(),
  uniq: (budget, value) => [...new Set(toList(value, budget))],
  map: (budget, value, path) => readEach(toList(value, budget), path, budget),
  sum: (budget, value, path) => {
    let total = 0;
    for (const each of readEach(toList(value, budget), path, budget)) total += Number(each ?? 0) || 0;
    return total;
  },
  where: (budget, value, path, wanted) => {
    const list = toList(value, budget);
    const values = readEach(list, path, budget);
    return list.filter((_, index) => {
      const found = values[index];
      return wanted === undefined ? isThere(found) && found !== false : found === wanted;
    });
  },
  sort: (budget, value, path) => sortBy(budget, value, path, (key) => key),
  sort_natural: (budget, value, path) =>
    sortBy(budget, value, path, (key) => (typeof key === "string" ? key.toLowerCase() : key)),
};
