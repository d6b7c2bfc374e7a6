/** Levels of objects and lists in a JSON value, counted no further than `max` + 1. Never overflows the stack. */
export function depthUpTo(value: unknown, max: number): number {
  let depth = 0;
  for (
    let level = nestedIn([value]);
    level.length > 0 && depth <= max;
    level = nestedIn(level.flatMap(partsOf))
  ) {
    depth += 1;
  }
  return depth;
}

const nestedIn = (values: readonly unknown[]): readonly object[] =>
  values.filter((value): value is object => typeof value === "object" && value !== null);

const partsOf = (value: object): readonly unknown[] =>
  Object.values<unknown>(value as Record<string, unknown>);
