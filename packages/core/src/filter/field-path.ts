import { FIELD_PATH_LENGTH_MAX, type FilterSubject } from "./filter.js";

/**
 * Names no path or value of a filter may have: what every JavaScript object answers to without having it. With them
 * refused when a filter is parsed, looking a name up can only find what the document itself has.
 */
const INHERITED: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "prototype",
]);

/** Whether a name stands for something objects inherit. */
export const isInherited = (name: string): boolean => INHERITED.has(name);

/**
 * Checks a dotted path.
 *
 * @param subject what the path begins in; undefined: an element of a list, which has any names
 * @returns what is wrong, or undefined
 */
export function whyNoPath(path: string, subject: FilterSubject | undefined): string | undefined {
  const names = path.split(".");
  if (names.includes("")) return "is not a path: names joined by dots";
  if (names.length > FIELD_PATH_LENGTH_MAX) return `must have at most ${FIELD_PATH_LENGTH_MAX} names`;
  if (names.some((name) => name.startsWith("$"))) return "is not a path: a name begins with $";
  const inherited = names.find(isInherited);
  if (inherited !== undefined) return `must not name ${inherited}`;
  const [first] = names;
  if (!subject || subject.fields.some((field) => field === first)) return undefined;
  return `must begin with ${subject.fields.join(", ")}: write ${subject.openField}.${path}`;
}
