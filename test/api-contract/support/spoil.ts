import fc from "fast-check";

const LONG_TEXT = "x".repeat(70_000);

/** What stands where something else belongs. */
const STRANGERS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e$where",
  LONG_TEXT,
  "${7*7}{{ 7 | times: 7 }}",
  "{% for i in (1..1000000) %}x{% endfor %}",
  [],
  [[[]]],
  Array.from({ length: 600 }, () => "x"),
  {},
  { $where: "1" },
  { $ne: null },
  { "a.b": 1, $set: {} },
  { constructor: { prototype: {} } },
  JSON.parse('{"toString":1,"hasOwnProperty":1}'),
  nest(40),
  nest(200),
];

function nest(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

const strangers = fc.oneof(fc.constantFrom(...STRANGERS), fc.jsonValue({ maxDepth: 2 }));
const FIELD_NAMES = ["id", "colour", "$where", "constructor", "toString", "", "a.b", "_id", "workspaceId"];

type Path = readonly string[];

/** A value with one place in it replaced, removed or added, as clients get it nearly right. */
export const spoiled = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      values,
      fc.nat(),
      strangers,
      fc.constantFrom("replace", "remove", "add" as const),
      fc.constantFrom(...FIELD_NAMES),
    )
    .map(([value, place, stranger, how, name]) => {
      const paths = pathsOf(value, []);
      const path = paths[place % paths.length] ?? [];
      if (how === "remove") return change(value, path, () => undefined);
      if (how === "replace") return change(value, path, () => stranger);
      return change(value, path, (found) => (isObject(found) ? { ...found, [name]: stranger } : stranger));
    });

function pathsOf(value: unknown, at: Path): readonly Path[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...at, key]))];
}

/** Undefined removes: JSON leaves it out of objects and writes null into lists. */
function change(value: unknown, [key, ...rest]: Path, by: (found: unknown) => unknown): unknown {
  if (key === undefined) return by(value);
  if (Array.isArray(value))
    return value.map((child: unknown, index) => (String(index) === key ? change(child, rest, by) : child));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, name === key ? change(child, rest, by) : child]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
