import { dateFilter } from "./template-date.js";
import type { TemplateFilter } from "./template-filter.js";
import { listFilters } from "./template-list-filters.js";
import { toJson, toText } from "./template-output.js";

type TextFilter = (text: string, ...args: readonly string[]) => unknown;

/** A filter over text that makes no more than it is given. */
function ofText(filter: TextFilter): TemplateFilter {
  return (budget, value, ...args) => {
    const texts = [value, ...args].map((each) => toText(each, budget));
    for (const text of texts) budget.use(text.length);
    const [text = "", ...rest] = texts;
    return filter(text, ...rest);
  };
}

const ofNumbers =
  (filter: (value: number, by: number) => number): TemplateFilter =>
  (_budget, value, by) =>
    filter(Number(value ?? 0), Number(by ?? 0));

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

const textFilters: Readonly<Record<string, TemplateFilter>> = {
  append: ofText((text, more = "") => text + more),
  prepend: ofText((text, more = "") => more + text),
  capitalize: ofText((text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()),
  downcase: ofText((text) => text.toLowerCase()),
  upcase: ofText((text) => text.toUpperCase()),
  strip: ofText((text) => text.trim()),
  lstrip: ofText((text) => text.trimStart()),
  rstrip: ofText((text) => text.trimEnd()),
  strip_newlines: ofText((text) => text.replaceAll(/\r?\n/g, "")),
  remove: ofText((text, part = "") => (part === "" ? text : text.replaceAll(part, ""))),
  remove_first: ofText((text, part = "") => text.replace(part, "")),
  replace_first: ofText((text, part = "", by = "") => text.replace(part, () => by)),
  split: ofText((text, by = " ") => (text === "" ? [] : text.split(by))),
  escape: ofText((text) => text.replaceAll(/[&<>"']/g, (character) => HTML[character] ?? character)),
  url_encode: ofText((text) => encodeURIComponent(Buffer.from(text).toString()).replaceAll("%20", "+")),
  base64_encode: ofText((text) => Buffer.from(text).toString("base64")),
  truncatewords: ofText((text, count = "15", end = "...") => {
    const words = text.split(/\s+/);
    const kept = Math.max(1, Number(count) || 0);
    return words.length > kept ? words.slice(0, kept).join(" ") + end : text;
  }),
  truncate: ofText((text, length = "50", end = "...") =>
    text.length > Number(length) ? text.slice(0, Math.max(0, Number(length) - end.length)) + end : text,
  ),
  replace: (budget, value, part, by) => {
    const [text, from, to] = [toText(value, budget), toText(part, budget), toText(by, budget)];
    budget.use(text.length);
    if (from === "") return text;
    const parts = text.split(from);
    budget.use(parts.length * (1 + to.length));
    return parts.join(to);
  },
};

const numberFilters: Readonly<Record<string, TemplateFilter>> = {
  abs: ofNumbers(Math.abs),
  ceil: ofNumbers(Math.ceil),
  floor: ofNumbers(Math.floor),
  plus: ofNumbers((value, by) => value + by),
  minus: ofNumbers((value, by) => value - by),
  times: ofNumbers((value, by) => value * by),
  divided_by: ofNumbers((value, by) => value / by),
  modulo: ofNumbers((value, by) => value % by),
  at_least: ofNumbers(Math.max),
  at_most: ofNumbers(Math.min),
  round: ofNumbers((value, digits) => {
    const factor = 10 ** digits;
    return Math.round(value * factor) / factor;
  }),
};

/** The indentation JSON can have at most, spaces. */
const INDENT_MAX = 10;

/** Filters with a value that is put out as it is, not escaped once more. */
export const rawFilters: Readonly<Record<string, TemplateFilter>> = {
  raw: (_budget, value) => value,
  json: (budget, value, indent) => {
    const text = toJson(value, budget, Math.min(INDENT_MAX, Number(indent ?? 0)));
    budget.use(text.length);
    return text;
  },
};

/** All filters there are. */
export const templateFilters: Readonly<Record<string, TemplateFilter>> = {
  ...textFilters,
  ...numberFilters,
  ...listFilters,
  date: dateFilter,
  default: (_budget, value, otherwise, ...named) => {
    const allowsFalse = named.some(
      (each) => Array.isArray(each) && each[0] === "allow_false" && each[1] === true,
    );
    if (value === false && allowsFalse) return value;
    const isEmpty = (typeof value === "string" || Array.isArray(value)) && value.length === 0;
    return value === null || value === undefined || value === false || isEmpty ? otherwise : value;
  },
};
