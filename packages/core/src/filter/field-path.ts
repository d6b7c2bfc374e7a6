import { EVENT_FIELDS, FIELD_PATH_LENGTH_MAX } from "./filter.js";

/**
 * Names no path or value of a filter may have: what every JavaScript object answers to without having it. With them
 * refused when a filter is parsed, looking a name up can only find what the event itself has.
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
 * @param isOfElement the path begins in an element of a list, not in the event
 * @returns what is wrong, or undefined
 */
export function whyNoPath(path: string, isOfElement: boolean): string | undefined {
  const names = path.split(".");
  if (names.includes("")) return "is not a path: names joined by dots";
  if (names.length > FIELD_PATH_LENGTH_MAX) return `must have at most ${FIELD_PATH_LENGTH_MAX} names`;
  if (names.some((name) => name.startsWith("$"))) return "is not a path: a name begins with $";
  const inherited = names.find(isInherited);
  if (inherited !== undefined) return `must not name ${inherited}`;
  const [first] = names;
  if (isOfElement || (EVENT_FIELDS as readonly (string | undefined)[]).includes(first)) return undefined;
  return `must begin with ${EVENT_FIELDS.join(", ")}: write data.${path}`;
}
