import fc from "fast-check";
import type { ContractDocument, Schema } from "./contract-document.js";

/** Values that mean something to the service under test, by the name of the field or of the schema they stand in. */
export type Hints = ReadonlyMap<string, fc.Arbitrary<unknown>>;

const DEPTH_MAX = 6;
/** Longer texts and lists find nothing that these do not, and are tried as spoiled values. */
const LENGTH_MAX = 40;
const ITEMS_MAX = 4;
const FEW = 2;

/** Fields that are needed by a rule no schema can state, by the schema's name. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { CreateWebhook: ["name"] };

/** Makes values a schema admits. */
export class SchemaValues {
  readonly #schemas: ContractDocument["components"]["schemas"];
  readonly #hints: Hints;

  constructor(document: ContractDocument, hints: Hints) {
    this.#schemas = document.components.schemas;
    this.#hints = hints;
  }

  /** @param name of the field or parameter it is for */
  of(schema: Schema, name = "", depth = 0): fc.Arbitrary<unknown> {
    const plain = this.#plain(schema, name, depth);
    const known = [this.#hints.get(name), this.#example(schema)].flatMap((arbitrary) => arbitrary ?? []);
    return known.length === 0
      ? plain
      : fc.oneof({ arbitrary: fc.oneof(...known), weight: 4 }, { arbitrary: plain, weight: 1 });
  }

  #example({ example }: Schema): fc.Arbitrary<unknown> | undefined {
    return example === undefined ? undefined : fc.constant(example);
  }

  #plain(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) {
      const referred = schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
      return depth > DEPTH_MAX
        ? fc.constant({})
        : this.of(this.#schemas[referred] ?? {}, referred, depth + 1);
    }
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth)));
    if (schema.allOf && schema.type !== "string")
      return this.of({ ...schema, ...merge(schema.allOf), allOf: [] }, name, depth);
    const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? ["any"]);
    return fc.oneof(...types.map((type) => this.#ofType(type, schema, name, depth)));
  }

  #ofType(type: string, schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case "string":
        return toText(schema);
      case "integer":
        return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
      case "number": {
        const [min, max] = [schema.minimum ?? -1_000, schema.maximum ?? 1_000];
        return fc.double({ min, max, noNaN: true });
      }
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array":
        return this.#toArray(schema, name, depth);
      case "object":
        return this.#toObject(schema, name, depth);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  #toArray(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEPTH_MAX) return fc.constant([]);
    const minLength = schema.minItems ?? 0;
    const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? ITEMS_MAX, ITEMS_MAX));
    const item = this.of(schema.items ?? {}, name, depth + 1);
    const options = { minLength, maxLength };
    return schema.uniqueItems
      ? fc.uniqueArray(item, { ...options, selector: (value) => JSON.stringify(value) })
      : fc.array(item, options);
  }

  #toObject(schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    const properties = Object.entries(schema.properties ?? {});
    const wanted = [...(schema.required ?? []), ...(NEEDED[name] ?? [])];
    const required = properties.map(([property]) => property).filter((property) => wanted.includes(property));
    const isShallow = depth <= DEPTH_MAX;
    const shown = properties.filter(([name]) => isShallow || required.includes(name));
    const arbitraries = Object.fromEntries(
      shown.map(([name, property]) => [name, this.of(property, name, depth + 1)]),
    );
    const known = toRecord(arbitraries, required);
    const { additionalProperties } = schema;
    if (properties.length > 0 || additionalProperties === false || !isShallow) return known;
    const value =
      typeof additionalProperties === "object"
        ? this.of(additionalProperties, "", depth + 1)
        : fc.jsonValue({ maxDepth: 2 });
    const key = fc.oneof(fc.stringMatching(/^[a-z][a-z-]{0,10}$/), fc.string({ maxLength: 8 }));
    return fc.dictionary(key, value, { maxKeys: ITEMS_MAX });
  }
}

/** A few optional fields most of the time: all of them together exclude each other more often than not. */
function toRecord(
  arbitraries: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  required: readonly string[],
): fc.Arbitrary<unknown> {
  const optional = Object.keys(arbitraries).filter((name) => !required.includes(name));
  const any = fc.record(arbitraries, { requiredKeys: [...required] });
  if (optional.length <= FEW) return any;
  const few = fc.subarray(optional, { maxLength: FEW }).chain((chosen) => {
    const names = [...required, ...chosen];
    return fc.record(Object.fromEntries(names.map((name) => [name, arbitraries[name] ?? fc.constant(null)])));
  });
  return fc.oneof({ arbitrary: few, weight: 4 }, { arbitrary: any, weight: 1 });
}

const merge = (schemas: readonly Schema[]): Schema => Object.assign({}, ...schemas) as Schema;

function toText(schema: Schema): fc.Arbitrary<string> {
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) => pattern ?? []);
  if (schema.format === "date-time") return toTime();
  if (schema.format === "uri")
    return fc.constantFrom("https://hooks.invalid/a?b=c", "http://example.invalid");
  if (schema.format === "email") return fc.constantFrom("lea@example.org", "noe+a@example.com");
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? LENGTH_MAX, LENGTH_MAX));
  const free = fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: "binary" }),
    fc.stringMatching(/^[a-z]{3,8}(\.[a-z]{3,8}){0,2}$/),
  );
  if (patterns.length === 0) return free;
  const tests = patterns.map((pattern) => new RegExp(pattern, "u"));
  const fitting = fc.oneof(
    matching(patterns[0] ?? ""),
    fc.stringMatching(/^[a-z]{3,8}(\.[a-z]{3,8}){0,2}$/),
    fc.string({ minLength, maxLength }),
  );
  return fitting.filter(
    (text) => text.length <= (schema.maxLength ?? Infinity) && tests.every((test) => test.test(text)),
  );
}

/** Classes of characters fast-check cannot draw from are left to the filter. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern), { size: "small" });
  } catch {
    return fc.string({ minLength: 1, maxLength: 10 });
  }
}

const toTime = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true })
      .map((time) => time.toISOString()),
    fc
      .integer({ min: -86_400, max: 86_400 * 2 })
      .map((seconds) => new Date(Date.now() + seconds * 1_000).toISOString()),
  );
