import type { KafkaLog } from "../log.js";
import { decodeJson } from "./json-decoder.js";
import { TooDeepError, toJsonValue } from "./json-value.js";
import { invalid, type DecodeLimits, type DecodeOutcome } from "./outcome.js";
import { SchemaSource, type PayloadDecoder, type SchemaLookup } from "./schema-source.js";

/** How values are decoded. */
export interface ValueDecoderOptions {
  /** Base URL of a Confluent-compatible schema registry; without it, JSON only. */
  readonly registryUrl?: string | undefined;
  /** Time limit of a question to the registry, milliseconds. Default 500. */
  readonly registryTimeLimitMs?: number;
  /** Default 64. */
  readonly depthMax?: number;
  /** Default 256 KiB: the limit on an event, after decoding (architecture.md §2). */
  readonly jsonBytesMax?: number;
  readonly logger: KafkaLog;
}

const WIRE_FORMAT_BYTE = 0;
const WIRE_HEADER_BYTES = 5;

/**
 * Reads record values: Confluent wire format (byte 0, schema id as a big-endian 32-bit integer, then Avro, JSON Schema or
 * Protobuf) by its first byte, JSON otherwise. Outcomes are values; nothing is thrown for what a producer may send.
 */
export class ValueDecoder {
  readonly #limits: DecodeLimits;
  readonly #source: SchemaSource | undefined;

  constructor(options: ValueDecoderOptions) {
    this.#limits = { depthMax: options.depthMax ?? 64, jsonBytesMax: options.jsonBytesMax ?? 256 * 1024 };
    if (options.registryUrl !== undefined) {
      this.#source = new SchemaSource({
        url: options.registryUrl,
        timeLimitMs: options.registryTimeLimitMs ?? 500,
        logger: options.logger,
      });
    }
  }

  /** Whether a registry is configured, and answers now: for `/readyz`. */
  async registryState(): Promise<"off" | "available" | "unavailable"> {
    if (!this.#source) return "off";
    return (await this.#source.isAvailable()) ? "available" : "unavailable";
  }

  /**
   * Decodes one value. At once (no promise) unless a schema id is seen for the first time, so that the common case costs
   * no tick.
   */
  decode(bytes: Buffer | null): DecodeOutcome | Promise<DecodeOutcome> {
    if (bytes === null || bytes.byteLength === 0) return invalid("empty_value", "The record has no value");
    if (bytes[0] !== WIRE_FORMAT_BYTE) return decodeJson(bytes, this.#limits);
    if (!this.#source) {
      return invalid(
        "registry_not_configured",
        "The value is in Confluent wire format and no registry is configured",
      );
    }
    if (bytes.byteLength < WIRE_HEADER_BYTES)
      return invalid("schema_mismatch", "The value ends within its schema id");
    const schemaId = bytes.readInt32BE(1);
    if (schemaId <= 0) return invalid("unknown_schema", `Schema id ${schemaId} cannot exist`);
    const payload = bytes.subarray(WIRE_HEADER_BYTES);
    const lookup = this.#source.lookup(schemaId);
    return lookup instanceof Promise
      ? lookup.then((found) => this.#decodeWith(found, schemaId, payload))
      : this.#decodeWith(lookup, schemaId, payload);
  }

  /** Stops timers. */
  close(): void {
    this.#source?.close();
  }

  #decodeWith(lookup: SchemaLookup, schemaId: number, payload: Buffer): DecodeOutcome {
    switch (lookup.kind) {
      case "known":
        return this.#decodePayload(lookup.decode, schemaId, payload);
      case "unknown":
        return invalid("unknown_schema", `The registry does not know schema id ${schemaId}`);
      case "unusable":
        return invalid("unusable_schema", `Schema id ${schemaId}: ${lookup.detail}`);
      case "unavailable":
        return { kind: "unavailable", schemaId };
    }
  }

  #decodePayload(decode: PayloadDecoder, schemaId: number, payload: Buffer): DecodeOutcome {
    let value: unknown;
    try {
      value = toJsonValue(decode(payload), this.#limits.depthMax);
    } catch (error) {
      if (error instanceof TooDeepError)
        return invalid("too_deep", `Nested deeper than ${this.#limits.depthMax}`);
      return invalid("schema_mismatch", `The value is not what schema id ${schemaId} says`);
    }
    const jsonBytes = Buffer.byteLength(JSON.stringify(value));
    if (jsonBytes > this.#limits.jsonBytesMax) {
      return invalid("too_large", `${jsonBytes} bytes as JSON, more than ${this.#limits.jsonBytesMax}`);
    }
    return { kind: "json", value };
  }
}
