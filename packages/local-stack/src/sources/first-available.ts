import type { Progress } from "../progress.js";
import { StackError } from "../stack-error.js";

/** What a source answers when it is asked. Faults that concern every source, such as a full disk, are thrown. */
export type SourceAnswer<T> =
  | { readonly kind: "found"; readonly value: T; readonly detail: string }
  | { readonly kind: "unavailable"; readonly reason: string };

/** One place a program may come from. */
export interface Source<T> {
  readonly name: string;
  readonly find: () => Promise<SourceAnswer<T>>;
}

/** The source that a variable of the environment names; `check` tells whether it is of use. */
export function namedByVariable<T>(
  variable: string,
  env: NodeJS.ProcessEnv,
  check: (value: string) => Promise<SourceAnswer<T>>,
): Source<T> {
  const value = env[variable] ?? "";
  const notSet: SourceAnswer<T> = { kind: "unavailable", reason: "not set" };
  return { name: variable, find: () => (value === "" ? Promise.resolve(notSet) : check(value)) };
}

/** What is looked for, and what to tell the user when it is nowhere. */
export interface Wanted {
  readonly what: string;
  readonly remedy: string;
}

/** Asks the sources in order, names each in the progress, and gives what the first one has; `undefined` when none has it. */
export async function askInOrder<T>(
  what: string,
  sources: readonly Source<T>[],
  progress: Progress,
): Promise<T | undefined> {
  for (const source of sources) {
    const answer = await source.find();
    if (answer.kind === "found") {
      progress(`${what}: ${source.name}, ${answer.detail}`);
      return answer.value;
    }
    progress(`${what}: ${source.name}: ${answer.reason}`);
  }
  return undefined;
}

/** What the first source has, as {@link askInOrder}; with none, a fault that says what to do. */
export async function firstAvailable<T>(
  wanted: Wanted,
  sources: readonly Source<T>[],
  progress: Progress,
): Promise<T> {
  const found = await askInOrder(wanted.what, sources, progress);
  if (found === undefined) throw nothingAvailable(wanted);
  return found;
}

/** The one line for what is nowhere. */
export function nothingAvailable({ what, remedy }: Wanted): StackError {
  return new StackError("nothing_available", `${what} is not to be had on this machine; ${remedy}`);
}
