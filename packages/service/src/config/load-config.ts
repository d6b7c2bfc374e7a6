import type { z } from "zod";
import { StartupError } from "../startup-error.js";
import type { Contradiction } from "./contradictions.js";
import { findKafkaContradictions } from "./kafka-access.js";
import { listVariables, type ConfigSchema, type Variable } from "./variable.js";

/** The process environment, or a stand-in. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a service's configuration from the environment once, at start. An empty variable counts as not set.
 *
 * @throws StartupError naming every bad variable, what is wrong with it and what is expected, at once
 */
export function loadConfig<S extends ConfigSchema>(schema: S, env: Environment): z.output<S> {
  const variables = listVariables(schema);
  const given = Object.fromEntries(
    variables.map(({ name }) => [name, env[name]]).filter(([, value]) => value !== undefined && value !== ""),
  ) as Record<string, string>;
  const result = schema.safeParse(given);
  const contradictions = findKafkaContradictions(given);
  if (result.success && contradictions.length === 0) return result.data;
  throw new StartupError(describeFaults(result.error?.issues ?? [], contradictions, variables, given));
}

function describeFaults(
  issues: readonly z.core.$ZodIssue[],
  contradictions: readonly Contradiction[],
  variables: readonly Variable[],
  given: Record<string, string>,
): string {
  const byName = new Map<string, string[]>();
  for (const issue of issues) {
    const name = String(issue.path[0] ?? "(configuration)");
    byName.set(name, [...(byName.get(name) ?? []), issue.message]);
  }
  const faults = [...byName].map(([name, messages]) => {
    const variable = variables.find((candidate) => candidate.name === name);
    return `  ${describeFault(name, messages, given[name], variable)}`;
  });
  const lines = [...faults, ...contradictions.map(({ variable, message }) => `  ${variable} ${message}`)];
  return `${lines.length} bad configuration variable${lines.length === 1 ? "" : "s"}\n${lines.join("\n")}`;
}

function describeFault(
  name: string,
  messages: readonly string[],
  value: string | undefined,
  variable: Variable | undefined,
): string {
  const expected = variable?.description === undefined ? "" : `; expected ${variable.description}`;
  if (value === undefined && variable !== undefined) return `${name} is not set${expected}`;
  const shown =
    value === undefined || variable?.secret === true ? "" : ` (${JSON.stringify(shorten(value))})`;
  return `${name}${shown}: ${messages.join(", ")}${expected}`;
}

function shorten(value: string): string {
  return value.length > 80 ? `${value.slice(0, 80)}…` : value;
}
