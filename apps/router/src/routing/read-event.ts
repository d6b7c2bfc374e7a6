import { EVENT_SOURCES, type NativeEvent } from "@hooklane/core";

/**
 * The event out of its bytes in native form. They were written by the ingestor, so their form is only looked at as far
 * as reading the event needs it.
 *
 * @returns undefined where they are no event
 */
export function readEvent(body: Uint8Array): NativeEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
  } catch {
    return undefined;
  }
  return isNativeEvent(value) ? value : undefined;
}

function isNativeEvent(value: unknown): value is NativeEvent {
  if (!isObject(value)) return false;
  const { id, type, timestamp, source, data } = value;
  return (
    [id, type, timestamp].every((text) => typeof text === "string") &&
    (EVENT_SOURCES as readonly unknown[]).includes(source) &&
    isObject(data)
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
