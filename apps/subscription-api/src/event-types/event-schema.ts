import type { FieldError } from "@hooklane/contracts";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { depthUpTo } from "../http/depth.js";

/** Limits of a schema: it is compiled into code, and run on every event of its type. */
const SCHEMA_BYTES_MAX = 64 * 1024;
export const SCHEMA_DEPTH_MAX = 32;
const PATTERN_LENGTH_MAX = 200;

export type CompiledSchema =
  | { readonly ok: true; readonly validate: ValidateFunction }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Compiles a user's schema as the ingestor will; `$ref` reaches no further than the schema itself. */
export function compileEventSchema(schema: Readonly<Record<string, unknown>>): CompiledSchema {
  const fault = whyNotAcceptable(schema);
  if (fault) return { ok: false, errors: [fault] };
  const ajv = new Ajv2020({ allErrors: true, strict: false, ownProperties: true, logger: false });
  addFormats.default(ajv);
  try {
    return { ok: true, validate: ajv.compile(schema) };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 300) : "cannot be compiled";
    return { ok: false, errors: [{ path: "schema", code: "invalid_value", message }] };
  }
}

/** What an event's data lacks or has too much, below `path`. */
export function checkAgainstSchema(
  validate: ValidateFunction,
  data: unknown,
  path: string,
): readonly FieldError[] {
  if (validate(data)) return [];
  return (validate.errors ?? []).slice(0, 20).map(({ instancePath, message }) => ({
    path: [path, ...instancePath.split("/").slice(1)].join("."),
    code: "schema_mismatch" as const,
    message: message ?? "does not fit the schema",
  }));
}

function whyNotAcceptable(schema: Readonly<Record<string, unknown>>): FieldError | undefined {
  const path = "schema";
  if (depthUpTo(schema, SCHEMA_DEPTH_MAX) > SCHEMA_DEPTH_MAX) {
    return { path, code: "too_large", message: `must have at most ${SCHEMA_DEPTH_MAX} levels` };
  }
  if (Buffer.byteLength(JSON.stringify(schema)) > SCHEMA_BYTES_MAX) {
    return { path, code: "too_long", message: `must have at most ${SCHEMA_BYTES_MAX} bytes` };
  }
  if ("$async" in schema)
    return { path: "schema.$async", code: "unknown_field", message: "is not supported" };
  const pattern = patternsOf(schema).find(isCostlyPattern);
  if (pattern === undefined) return undefined;
  return {
    path,
    code: "invalid_value",
    message: `has a pattern that is longer than ${PATTERN_LENGTH_MAX} or repeats what repeats: ${pattern.slice(0, 50)}`,
  };
}

function patternsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries<unknown>(value as Record<string, unknown>).flatMap(([key, part]) => [
    ...(key === "pattern" && typeof part === "string" ? [part] : []),
    ...(key === "patternProperties" && typeof part === "object" && part !== null ? Object.keys(part) : []),
    ...patternsOf(part),
  ]);
}

/** A repetition of a group that repeats, `(a+)+`: it can take a time without end on a text made for it. */
const NESTED_REPETITION = /\((?:[^()\\]|\\.)*(?:[*+]|\{\d*,\d*\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d*,\d*\})/;
/** The same over alternatives that may match alike, `(a|a)*`, and over groups within groups. */
const REPEATED_GROUP = /\([^)]*[|(][^]*\)(?:[*+]|\{\d*,\d*\})/;

const isCostlyPattern = (pattern: string): boolean =>
  pattern.length > PATTERN_LENGTH_MAX || NESTED_REPETITION.test(pattern) || REPEATED_GROUP.test(pattern);
