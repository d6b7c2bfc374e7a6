import type { List } from "@hooklane/client";
import { type Command, Option } from "commander";
import { readWholeNumber } from "../input.js";

const LIMIT_MAX = 200;

/** What every list takes. */
export interface ListFlags {
  readonly limit: number;
  readonly cursor?: string;
}

/** Adds `--limit` and `--cursor`. */
export const withListOptions = (command: Command): Command =>
  command
    .addOption(
      new Option("--limit <count>", `elements at most, up to ${LIMIT_MAX}`)
        .default(50)
        .argParser((text) => readWholeNumber(text, "--limit", { min: 1, max: LIMIT_MAX })),
    )
    .option("--cursor <cursor>", "go on where the list before ended");

/** The page the flags ask for. */
export const readPage = <Element>(list: List<Element>, { cursor }: ListFlags) => list.page(cursor);

/** The flags that were given, without the absent ones. */
export function pickGiven<Flags extends object>(
  flags: Flags,
): { [Name in keyof Flags]: Exclude<Flags[Name], undefined> } {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Name in keyof Flags]: Exclude<Flags[Name], undefined> };
}
