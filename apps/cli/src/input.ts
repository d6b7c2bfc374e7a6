import { readFile } from "node:fs/promises";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Reads a JSON file, or standard input for `-`. @throws UsageError */
export async function readJson(file: string, terminal: Terminal): Promise<unknown> {
  const text = file === "-" ? await terminal.readInput() : await readText(file);
  return parseJson(text, file === "-" ? "Standard input" : file);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError that names where the text is from */
export function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${from} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError */
export function asObject(value: unknown, from: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new UsageError(`${from} is not a JSON object.`);
}

/** An option that counts. @throws UsageError */
export function readWholeNumber(
  text: string,
  option: string,
  { min, max }: { min: number; max: number },
): number {
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${option} takes a whole number from ${min} to ${max}.`);
}
