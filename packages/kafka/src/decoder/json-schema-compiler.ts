import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/**
 * Stands in for the one ajv instance that the registry client compiles every JSON Schema with: each schema gets an
 * instance of its own, of the draft it names (2020-12 when it names none). In one shared instance a second version with
 * the same `$id` would be refused, and so would every draft but the instance's own.
 */
export class JsonSchemaCompiler {
  #references: { schema: object; key: string | undefined }[] = [];

  /** Called by the client for each schema that the next one refers to. */
  addSchema(schema: object, key?: string): this {
    this.#references.push({ schema, key });
    return this;
  }

  /** Called by the client right after, in the same tick. */
  compile(schema: object): ValidateFunction {
    const references = this.#references;
    this.#references = [];
    const ajv = createAjv((schema as { $schema?: unknown }).$schema);
    for (const reference of references) ajv.addSchema(reference.schema, reference.key);
    return ajv.compile(schema);
  }
}

/** What the drafts' classes, which are not each other's, have in common. */
interface Compiler {
  addSchema(schema: object, key?: string): unknown;
  compile(schema: object): ValidateFunction;
}

function createAjv(draft: unknown): Compiler {
  const options = { strict: false, allErrors: false, logger: false } as const;
  const name = typeof draft === "string" ? draft : "";
  const ajv: Compiler = name.includes("draft-0")
    ? new Ajv(options)
    : name.includes("2019-09")
      ? new Ajv2019(options)
      : new Ajv2020(options);
  (formats as unknown as (ajv: Compiler) => void)(ajv);
  return ajv;
}
