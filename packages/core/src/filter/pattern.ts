import { RE2JS, RE2JSSyntaxException } from "re2js";
import type { StepBudget } from "./step-budget.js";
import { writtenOutSize } from "./written-out-size.js";

/** A pattern has at most so many UTF-16 units. */
export const PATTERN_LENGTH_MAX = 200;

/** RE2's program for a pattern has at most so many instructions: about one a character, repetitions written out. */
const PATTERN_SIZE_MAX = 400;

/** Pairs of an instruction and a place in the text that are one step: together 80 to 200 ns in the worst case. */
const PAIRS_A_STEP = 4;

/** Steps to begin with a text, however short. */
const START_STEPS = 2;

export interface PatternOptions {
  /** `i` */
  readonly ignoreCase: boolean;
}

export type CompiledPattern =
  { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly message: string };

/** Compiles a regular expression in RE2's syntax, or says what is wrong with it. Never throws. */
export function compilePattern(source: string, { ignoreCase }: PatternOptions): CompiledPattern {
  if (source.length > PATTERN_LENGTH_MAX)
    return refused(`must have at most ${PATTERN_LENGTH_MAX} characters`);
  // RE2 tells a program's size only once it has built it, which takes half a second for the worst of 200 characters.
  if (writtenOutSize(source) > 2 * PATTERN_SIZE_MAX) return refused(TOO_LARGE);
  try {
    const regex = RE2JS.compile(source, ignoreCase ? FLAGS | RE2JS.CASE_INSENSITIVE : FLAGS);
    return regex.programSize() > PATTERN_SIZE_MAX
      ? refused(TOO_LARGE)
      : { ok: true, pattern: new Pattern(regex) };
  } catch (error) {
    return refused(whyRefused(error));
  }
}

/** `\p{…}` has tables of up to 1,300 numbers, which the library copies for each instruction: megabytes a pattern. */
const FLAGS = RE2JS.DISABLE_UNICODE_GROUPS;

const TOO_LARGE = "is too large with its repetitions written out";

const LOOK_AROUND = /^\(\?<?[=!]/;
const BACK_REFERENCE = /^\\[1-9k]/;

const refused = (message: string): CompiledPattern => ({ ok: false, message });

function whyRefused(error: unknown): string {
  if (!(error instanceof RE2JSSyntaxException)) return "is not a pattern RE2 can compile";
  const place = error.getPattern();
  if (place === null) return `is not in RE2's syntax: ${error.getDescription()}`;
  if (LOOK_AROUND.test(place)) return `has look-around, which RE2 does not have: ${place}`;
  if (BACK_REFERENCE.test(place)) return `has a back-reference, which RE2 does not have: ${place}`;
  return `is not in RE2's syntax: ${error.getDescription()}: ${place}`;
}

/**
 * A regular expression matched by RE2: in time proportional to its size and the text, whatever they are. The platform's
 * own goes back and tries again, without end for patterns as short as `(a|a)*b`.
 */
export class Pattern {
  readonly #regex: RE2JS;

  constructor(regex: RE2JS) {
    this.#regex = regex;
  }

  /**
   * Whether the pattern matches somewhere in the text. Pays before it begins, for the worst a text so long can take.
   *
   * @throws FilterTooCostlyError
   */
  test(text: string, budget: StepBudget): boolean {
    const pairs = this.#regex.programSize() * (text.length + 1);
    budget.spend(START_STEPS + Math.ceil(pairs / PAIRS_A_STEP));
    // Not `regex.test`: it keeps an automaton of up to 8 MiB a pattern, which hostile texts fill.
    return this.#regex.matcher(text).find();
  }
}
