import type { z } from "zod";

/** A schema whose keys are the names of environment variables. */
export type ConfigSchema = z.ZodObject<z.ZodRawShape>;

/** What is known of a variable beside its type; given to zod by `.meta(…)`. */
export interface VariableMeta {
  /** What is expected, in words that follow "expected"; the unit is in the name. */
  readonly description?: string;
  /** The value never appears in logs or error messages. */
  readonly secret?: boolean;
}

/** One variable of a configuration schema, as read from it. */
export interface Variable extends VariableMeta {
  readonly name: string;
  /** The default as written in the schema, or undefined when there is none. */
  readonly defaultValue: unknown;
  /** Neither a default nor optional: must be set. */
  readonly required: boolean;
}

/** Lists the variables of a schema in order of declaration. */
export function listVariables(schema: ConfigSchema): readonly Variable[] {
  return Object.entries(schema.shape).map(([name, field]) => readVariable(name, field as z.ZodType));
}

/** Metadata stays on the schema it was given to: wrappers (`default`, `optional`, `pipe`) are looked through. */
function readVariable(name: string, field: z.ZodType): Variable {
  let meta: VariableMeta = {};
  let defaultValue: unknown;
  let required = true;
  for (let schema: z.ZodType | undefined = field; schema; schema = innerSchema(schema)) {
    meta = { ...(schema.meta() as VariableMeta | undefined), ...meta };
    const { type } = schema.def;
    if (type === "default" || type === "prefault") {
      defaultValue = (schema.def as unknown as { defaultValue: unknown }).defaultValue;
      required = false;
    }
    if (type === "optional" || type === "nullable") required = false;
  }
  return { name, ...meta, defaultValue, required };
}

function innerSchema(schema: z.ZodType): z.ZodType | undefined {
  const def = schema.def as unknown as { innerType?: z.ZodType; in?: z.ZodType };
  return def.innerType ?? def.in;
}
