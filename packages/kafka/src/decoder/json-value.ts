/** Nested deeper than allowed. */
export class TooDeepError extends Error {
  override readonly name = "TooDeepError";
}

/** A value JSON has no form for (NaN, infinities, functions). */
class NotJsonError extends Error {
  override readonly name = "NotJsonError";
}

/**
 * What a schema decoder gives, as plain JSON:
 * - 64-bit integers: a number within ±(2^53 − 1), otherwise its decimal digits as a string
 * - bytes and fixed: base64
 * - dates: ISO 8601
 * - NaN and infinities: refused, as JSON has none
 *
 * @param depthMax nesting of objects and arrays allowed
 * @throws TooDeepError, and an error for what JSON has no form for
 */
export function toJsonValue(value: unknown, depthMax: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new NotJsonError(`${value} has no form in JSON`);
      return value;
    case "bigint":
      return fromBigInt(value);
    case "object":
      return value === null ? null : fromObject(value, depthMax);
    default:
      throw new NotJsonError(`A ${typeof value} has no form in JSON`);
  }
}

function fromBigInt(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function fromObject(value: object, depthMax: number): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  if (value instanceof Date) return value.toISOString();
  if (depthMax <= 0) throw new TooDeepError("Nested too deep");
  if (Array.isArray(value)) return value.map((element) => toJsonValue(element, depthMax - 1));
  const entries = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
  return Object.fromEntries(
    entries
      .filter(([, part]) => part !== undefined)
      .map(([name, part]) => [name, toJsonValue(part, depthMax - 1)]),
  );
}
