/** A JSON Schema 2020-12 object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const DEFINITION = /^#\/\$defs\/([^/]+)$/;

/**
 * A schema that can be compiled alone: with those definitions it refers to, directly or through others.
 *
 * @param definitions what `#/$defs/<name>` stands for
 * @throws when it refers to a definition that is not there
 */
export function toSelfContained(
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const needed = new Map<string, JsonSchema>();
  const collect = (part: unknown): void => {
    for (const name of referredNames(part)) {
      if (needed.has(name)) continue;
      const definition = definitions[name];
      if (!definition) throw new Error(`No definition ${name}`);
      needed.set(name, definition);
      collect(definition);
    }
  };
  collect(schema);
  const own = { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema };
  return needed.size === 0 ? own : { ...own, $defs: Object.fromEntries(needed) };
}

function* referredNames(part: unknown): Generator<string> {
  if (typeof part !== "object" || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    const name = key === "$ref" && typeof value === "string" ? DEFINITION.exec(value)?.[1] : undefined;
    if (name !== undefined) yield name;
    else yield* referredNames(value);
  }
}
