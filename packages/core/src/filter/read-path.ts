import type { StepBudget } from "./step-budget.js";

/**
 * What a document has at a dotted path: lists are entered, each element is asked for the rest of the
 * path, and what they have is a list again; a number is a place in a list. Names are looked up among a value's own.
 *
 * @returns undefined when there is nothing
 * @throws FilterTooCostlyError
 */
export function readPath(document: object, path: string, budget: StepBudget): unknown {
  const reader = new PathReader(path.split("."), budget);
  const found = reader.read(document);
  return Array.isArray(found) ? unwrapped(found, reader.entered) : found;
}

/**
 * Whether a document has anything at a path; where lists are entered, whether an element does.
 *
 * @throws FilterTooCostlyError
 */
export function hasPath(document: object, path: string, budget: StepBudget): boolean {
  const reader = new PathReader(path.split("."), budget);
  const found = reader.read(document);
  return reader.entered > 0 && Array.isArray(found) ? found.length > 0 : found !== undefined;
}

const INDEX = /^\d+$/;

class PathReader {
  readonly #names: readonly string[];
  readonly #budget: StepBudget;
  /** Lists entered so far. */
  #entered = 0;

  constructor(names: readonly string[], budget: StepBudget) {
    this.#names = names;
    this.#budget = budget;
  }

  get entered(): number {
    return this.#entered;
  }

  read(document: unknown): unknown {
    return this.#readFrom(document, 0);
  }

  #readFrom(document: unknown, from: number): unknown {
    let value = document;
    for (let at = from; at < this.#names.length && value !== undefined; at++) {
      this.#budget.spend(1);
      const name = this.#names[at] ?? "";
      if (!Array.isArray(value) || INDEX.test(name)) {
        value = ownValue(value, name);
        continue;
      }
      // A list directly in a list is not entered: it is what was found.
      if (at === from && this.#entered > 0) return value;
      this.#entered += 1;
      return value
        .map((element: unknown) => this.#readFrom(element, at))
        .filter((found) => found !== undefined);
    }
    return value;
  }
}

/** A list that only is there because one list was entered stands for what is in it. */
function unwrapped(found: readonly unknown[], entered: number): readonly unknown[] {
  let list = found;
  for (let level = 0; level < entered; level++) {
    const [only] = list;
    if (list.length !== 1 || !Array.isArray(only)) break;
    list = only;
  }
  return list;
}

function ownValue(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
