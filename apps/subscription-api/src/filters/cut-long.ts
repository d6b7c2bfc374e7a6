/** What is shown of a value at most, as JSON: an answer has as many values as a filter has conditions. */
const SHOWN_LENGTH_MAX = 1_000;

/** A value, or the beginning of its text or JSON where it is long. */
export function cutLong(value: unknown): unknown {
  const json = JSON.stringify(value);
  if (json.length <= SHOWN_LENGTH_MAX) return value;
  const text = typeof value === "string" ? value : json;
  return `${text.slice(0, SHOWN_LENGTH_MAX)}…`;
}
