import type { FieldError } from "@hooklane/contracts";
import type { EventTypeDocument } from "@hooklane/store";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Errors told of one event; a long list helps nobody. */
const ERRORS_MAX = 50;

/** What of an event type is looked at. */
export type CheckedType = Pick<EventTypeDocument, "_id" | "schemaVersion" | "schemaJson">;

export interface SchemaChecksOptions {
  /** Compiled schemas kept at most (default 1,000): one a distinct text, however many workspaces have it. */
  readonly compiledMax?: number;
  /** Called when a stored schema cannot be compiled; the API refuses such, so it is a fault of ours. */
  readonly onUnusable: (eventType: CheckedType, error: unknown) => void;
}

/**
 * Checks events' data against the schemas of their types (product.md W8). A schema is compiled once per text: workspaces
 * that installed the same preset share it.
 */
export class SchemaChecks {
  readonly #options: SchemaChecksOptions;
  readonly #compiledMax: number;
  /** By the object in the configuration copy, which is another one after every change. */
  readonly #byEventType = new WeakMap<CheckedType, ValidateFunction>();
  /** By text, the longest unused first. */
  readonly #byText = new Map<string, ValidateFunction>();

  constructor(options: SchemaChecksOptions) {
    this.#options = options;
    this.#compiledMax = options.compiledMax ?? 1_000;
  }

  /** @returns what does not fit, with paths from the event's root; empty when all fits */
  check(eventType: CheckedType, data: unknown): readonly FieldError[] {
    const validate = this.#byEventType.get(eventType) ?? this.#find(eventType);
    try {
      if (validate(data)) return [];
    } catch {
      // A schema that refers to itself, on data deep enough to exhaust the stack.
      return [{ path: "data", code: "schema_mismatch", message: "could not be checked against the schema" }];
    }
    return (validate.errors ?? []).slice(0, ERRORS_MAX).map(toFieldError);
  }

  #find(eventType: CheckedType): ValidateFunction {
    const text = eventType.schemaJson;
    const validate = this.#byText.get(text) ?? this.#compile(eventType);
    this.#byText.delete(text);
    this.#byText.set(text, validate);
    if (this.#byText.size > this.#compiledMax) {
      const [oldest] = this.#byText.keys();
      if (oldest !== undefined) this.#byText.delete(oldest);
    }
    this.#byEventType.set(eventType, validate);
    return validate;
  }

  #compile(eventType: CheckedType): ValidateFunction {
    try {
      return compile(JSON.parse(eventType.schemaJson) as object);
    } catch (error) {
      this.#options.onUnusable(eventType, error);
      return refuseAll();
    }
  }
}

/** One instance a schema: no `$id` of one workspace meets another's, and what is evicted is garbage. */
function compile(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: false, ownProperties: true, validateSchema: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** Under `reject`, what cannot be checked is not let through. */
function refuseAll(): ValidateFunction {
  return compile({ not: {} });
}

function toFieldError({ instancePath, params, message, keyword }: ErrorObject): FieldError {
  const named = params as { readonly missingProperty?: string; readonly additionalProperty?: string };
  const steps = instancePath.split("/").slice(1).map(unescapePointer);
  const name = named.missingProperty ?? named.additionalProperty;
  if (name !== undefined) steps.push(name);
  return { path: ["data", ...steps].join("."), code: "schema_mismatch", message: message ?? keyword };
}

const unescapePointer = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");
