import { type Context, Liquid, type LiquidOptions, toValue } from "liquidjs";
import { BODY_TEMPLATE_CHARS_MAX } from "@hooklane/core";
import { ours } from "./render-context.js";
import type { TemplateFilter } from "./template-filter.js";
import { rawFilters, templateFilters } from "./template-filters.js";
import { payingOperators } from "./template-operators.js";
import { toJsonInside } from "./template-output.js";
import { templateTags } from "./template-tags.js";

/** What the engine calls a filter with. */
interface Called {
  readonly context: Context;
}

const OPTIONS: LiquidOptions = {
  // A file is never looked for: no tag could name one.
  templates: {},
  strictFilters: true,
  strictVariables: false,
  ownPropertyOnly: true,
  operators: payingOperators,
  parseLimit: BODY_TEMPLATE_CHARS_MAX,
};

/** What is put out stands inside a JSON string, but for what is captured, which is put out later. */
function escapeForJson(this: Called, value: unknown): unknown {
  const context = ours(this.context);
  return context.captures > 0 ? value : toJsonInside(toValue(value), context.budget);
}

/** For bodies that are JSON, and for fields of forms. */
export const engines = {
  json: createEngine({ ...OPTIONS, outputEscape: escapeForJson as LiquidOptions["outputEscape"] & object }),
  text: createEngine({ ...OPTIONS }),
} as const;

/** An engine that has our tags and filters, and no others. */
function createEngine(options: LiquidOptions): Liquid {
  const engine = new Liquid(options);
  empty(engine.tags);
  empty(engine.filters);
  for (const [name, tag] of Object.entries(templateTags)) engine.registerTag(name, tag);
  for (const [name, filter] of Object.entries(templateFilters))
    engine.registerFilter(name, toHandler(filter));
  for (const [name, filter] of Object.entries(rawFilters))
    engine.registerFilter(name, { raw: true, handler: toHandler(filter) });
  return engine;
}

/** What every object inherits is looked up there too: `constructor` is no filter. */
function empty(registry: object): void {
  for (const name of Object.keys(registry)) Reflect.deleteProperty(registry, name);
  Object.setPrototypeOf(registry, null);
}

function toHandler(filter: TemplateFilter) {
  return function (this: Called, value: unknown, ...args: unknown[]): unknown {
    return filter(
      ours(this.context).budget,
      toValue(value),
      ...args.map((each: unknown) => toValue(each) as unknown),
    );
  };
}
