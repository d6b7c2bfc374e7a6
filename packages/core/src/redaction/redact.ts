import type { NativeEvent } from "../event.js";

/** What stands in place of a field that is not to be kept. */
export const REDACTED = "[redacted]";

/**
 * Replaces named fields of an event's data. Lists are entered: the path goes on in each element.
 *
 * @param paths dotted, beginning with `data`: `data.contact.email`
 * @returns `data` itself when it has none of the fields
 */
export function redact(data: unknown, paths: readonly string[]): unknown {
  return paths.reduce((redacted, path) => replaceAt(redacted, toNames(path)), data);
}

/**
 * An event without the named fields.
 *
 * @returns the event itself when it has none of them
 */
export function redactEvent(event: NativeEvent, paths: readonly string[]): NativeEvent {
  const data = redact(event.data, paths);
  // A path of `data` alone is not taken, so data stays an object.
  return data === event.data ? event : { ...event, data: data as NativeEvent["data"] };
}

/** The values the named fields have: texts and numbers, as text, with all that lies below them. */
export function listRedactedValues(data: unknown, paths: readonly string[]): readonly string[] {
  const values = new Set<string>();
  for (const path of paths) collectAt(data, toNames(path), values);
  return [...values];
}

const toNames = (path: string): readonly string[] => path.split(".").slice(1);

function replaceAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return REDACTED;
  if (Array.isArray(value)) {
    const elements = value.map((element) => replaceAt(element, [name, ...rest]));
    return elements.every((element, index) => element === value[index]) ? value : elements;
  }
  if (!hasField(value, name)) return value;
  const replaced = replaceAt(value[name], rest);
  return replaced === value[name] ? value : { ...value, [name]: replaced };
}

function collectAt(value: unknown, [name, ...rest]: readonly string[], values: Set<string>): void {
  if (name === undefined) collectBelow(value, values);
  else if (Array.isArray(value)) for (const element of value) collectAt(element, [name, ...rest], values);
  else if (hasField(value, name)) collectAt(value[name], rest, values);
}

function collectBelow(value: unknown, values: Set<string>): void {
  if (typeof value === "string" || typeof value === "number") values.add(String(value));
  else if (typeof value === "object" && value !== null)
    for (const part of Object.values(value)) collectBelow(part, values);
}

const hasField = (value: unknown, name: string): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name);
