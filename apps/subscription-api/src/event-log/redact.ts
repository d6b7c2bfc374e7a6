const REDACTED = "[redacted]";

/**
 * A copy of an event's data with named fields replaced. Lists are entered: the path goes on in each element.
 *
 * @param paths dotted, beginning with `data`: `data.contact.email`
 */
export function redact(data: unknown, paths: readonly string[]): unknown {
  return paths.reduce((redacted, path) => replaceAt(redacted, path.split(".").slice(1)), data);
}

function replaceAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return REDACTED;
  if (Array.isArray(value)) return value.map((element) => replaceAt(element, [name, ...rest]));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [name]: replaceAt(fields[name], rest) };
}
