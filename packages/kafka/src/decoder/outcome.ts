/** Why a value is refused for good. */
export type DecodeFaultCode =
  | "empty_value"
  | "not_utf8"
  | "malformed_json"
  | "too_deep"
  | "too_large"
  /** Begins with byte 0 (Confluent wire format), and no registry is configured. */
  | "registry_not_configured"
  /** The registry does not know the schema id. */
  | "unknown_schema"
  /** The registry's schema cannot be used: not parsable, or of an unknown type. */
  | "unusable_schema"
  /** The bytes are not what the schema says. */
  | "schema_mismatch";

/** What became of a record's value. */
export type DecodeOutcome =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly code: DecodeFaultCode; readonly detail: string }
  /** The registry does not answer now and the schema is not known yet: hold the partition, try again. */
  | { readonly kind: "unavailable"; readonly schemaId: number };

/** Bounds of a decoded value. */
export interface DecodeLimits {
  /** Nesting of objects and arrays. */
  readonly depthMax: number;
  /** Bytes of the value as JSON. */
  readonly jsonBytesMax: number;
}

/** An `invalid` outcome. */
export function invalid(code: DecodeFaultCode, detail: string): DecodeOutcome {
  return { kind: "invalid", code, detail };
}
