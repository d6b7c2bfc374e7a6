import { listVariables, type ConfigSchema } from "./variable.js";

/**
 * The configuration as it may appear in a log line: values as read, secrets only as `<NAME>Configured: true`
 * (style.md §7).
 */
export function describeConfig(
  schema: ConfigSchema,
  config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    listVariables(schema).map(({ name, secret }) =>
      secret === true ? [`${name}Configured`, config[name] !== undefined] : [name, config[name]],
    ),
  );
}

/** The text of an `.env.example`: every variable with what is expected; those with a default are commented out. */
export function toEnvExample(title: string, schema: ConfigSchema): string {
  const blocks = listVariables(schema).map(({ name, description, defaultValue, required, secret }) => {
    const notes = [description ?? "", required ? "required" : "", secret === true ? "secret" : ""].filter(
      Boolean,
    );
    const value = defaultValue === undefined ? "" : formatDefault(defaultValue);
    return `# ${notes.join("; ")}\n${required ? "" : "# "}${name}=${value}\n`;
  });
  return `# ${title}\n\n${blocks.join("\n")}`;
}

function formatDefault(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}
