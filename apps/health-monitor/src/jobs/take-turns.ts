/**
 * The next `max` of a list in a circle, from behind `last` on; from the start when `last` is not among them any more.
 */
export function takeTurns(ids: readonly string[], last: string | undefined, max: number): readonly string[] {
  const from = last === undefined ? 0 : ids.indexOf(last) + 1;
  return [...ids.slice(from), ...ids.slice(0, from)].slice(0, max);
}
