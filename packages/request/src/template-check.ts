import { type Template, type Token, toValueSync, Value } from "liquidjs";
import { ours } from "./render-context.js";
import { CLOCK_WORDS, NO_CLOCK } from "./template-date.js";
import { TemplateFault } from "./template-fault.js";

/** Blocks within blocks; rendering goes down by recursion. */
const DEPTH_MAX = 32;

/** What evaluating a part of an expression takes beside its length, units of work. */
const PART_WORK = 5;

/** What a tag or output is given: an expression with its filters, or one part of it. */
type Argument = Value | Token;

/**
 * Looks through what was parsed: refuses what would never do, and has each tag and output pay for its own expressions,
 * which the engine evaluates without asking its limits.
 *
 * @throws TemplateFault with its place
 */
export function prepareParsed(templates: readonly Template[], depth = 0): void {
  for (const template of templates) {
    if (depth > DEPTH_MAX) throw new TemplateFault("is nested too deep", template.token);
    const given = [...(template.arguments?.() ?? [])];
    if (given.some(readsClock)) throw new TemplateFault(NO_CLOCK, template.token);
    payFor(template, given);
    const children = template.children?.(false, true);
    if (children !== undefined) prepareParsed(toValueSync<Template[]>(children), depth + 1);
  }
}

/** `"now" | date`, as written; what only turns out to be such a word is refused when it is rendered. */
function readsClock(argument: Argument): boolean {
  if (!(argument instanceof Value) || !argument.filters.some(({ name }) => name === "date")) return false;
  const [first, ...others] = argument.initial.postfix;
  return first !== undefined && others.length === 0 && "content" in first && CLOCK_WORDS.has(first.content);
}

function payFor(template: Template, given: readonly Argument[]): void {
  const work = given.reduce((total, argument) => total + workOf(argument), 0);
  if (work === 0) return;
  const render = template.render.bind(template);
  template.render = (context, emitter): unknown => {
    ours(context).budget.use(work);
    return render(context, emitter);
  };
}

function workOf(argument: Argument): number {
  if (!(argument instanceof Value)) return workOfParts([argument]);
  const args = argument.filters.flatMap(({ args }) =>
    args.map((each) => (Array.isArray(each) ? each[1] : each)),
  );
  return workOfParts(argument.initial.postfix) + workOfParts(args) + argument.filters.length * 2 * PART_WORK;
}

const workOfParts = (parts: readonly (Token | undefined)[]): number =>
  parts.reduce((total, part) => total + PART_WORK + (part === undefined ? 0 : part.end - part.begin), 0);
