import avro, { type Schema, type Type } from "avsc";

/** 64-bit integers as bigint: avsc's own give up above 2^53. Only reading is needed. */
const readOnly = () => {
  throw new Error("Values are only read");
};
const LongAsBigInt = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: readOnly,
  fromJSON: readOnly,
  toJSON: readOnly,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

abstract class ReadOnlyLogicalType extends avro.types.LogicalType {
  protected override _toValue(): undefined {
    return undefined;
  }
  protected override _resolve(): undefined {
    return undefined;
  }
}

class TimestampMillis extends ReadOnlyLogicalType {
  protected override _fromValue(ms: number): string {
    return new Date(ms).toISOString();
  }
}

/** Cut to milliseconds, as every time of ours is. */
class TimestampMicros extends ReadOnlyLogicalType {
  protected override _fromValue(micros: number): string {
    return new Date(Math.floor(micros / 1_000)).toISOString();
  }
}

class DateOfDays extends ReadOnlyLogicalType {
  protected override _fromValue(days: number): string {
    return new Date(days * 86_400_000).toISOString().slice(0, 10);
  }
}

/** Digits as text, exact: `"-12.50"`. */
class Decimal extends ReadOnlyLogicalType {
  readonly #scale: number;
  constructor(schema: Schema, options?: Parameters<typeof avro.Type.forSchema>[1]) {
    super(schema, options);
    this.#scale = (schema as { scale?: number }).scale ?? 0;
  }
  protected override _fromValue(bytes: Buffer): string {
    const unscaled =
      bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString("hex")}`));
    if (this.#scale === 0) return unscaled.toString();
    const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(this.#scale + 1, "0");
    const sign = unscaled < 0n ? "-" : "";
    return `${sign}${digits.slice(0, -this.#scale)}.${digits.slice(-this.#scale)}`;
  }
}

const LOGICAL_TYPES = {
  "timestamp-millis": TimestampMillis,
  "timestamp-micros": TimestampMicros,
  date: DateOfDays,
  decimal: Decimal,
};

/**
 * How Avro is read: `timestamp-millis` and `-micros` become ISO 8601 text, `date` `YYYY-MM-DD`, `decimal` its digits as
 * text, other logical types their underlying value; longs become bigint (see `toJsonValue`). Unions are bare values; where
 * their branches cannot be told apart in JSON, `{"<branch>": value}` as Avro's own JSON encoding has it.
 */
export const avroOptions = {
  logicalTypes: LOGICAL_TYPES,
  typeHook: (schema: unknown): Type | undefined => {
    if (schema === "long") return LongAsBigInt;
    const { type, logicalType } = schema as { type?: unknown; logicalType?: string };
    return type === "long" && !(logicalType !== undefined && logicalType in LOGICAL_TYPES)
      ? LongAsBigInt
      : undefined;
  },
};
