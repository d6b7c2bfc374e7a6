import { RENDERED_BODY_BYTES_MAX } from "@hooklane/core";
import type { Emitter } from "liquidjs";
import type { TemplateBudget } from "./template-budget.js";
import { TemplateFault } from "./template-fault.js";

/** Any value as JSON; what is not there is `null`. @throws TemplateFault when it takes too much work */
export function toJson(value: unknown, budget: TemplateBudget, indent?: number): string {
  // Elements of a list may be the same long text many times, so they are paid for while they are written.
  const pay = (name: string, element: unknown): unknown => {
    budget.use(name.length + (typeof element === "string" ? element.length : 1));
    return element;
  };
  return value === undefined ? "null" : JSON.stringify(value, pay, indent);
}

/** As text: a string is itself, a list or object its JSON, what is not there is empty. */
export function toText(value: unknown, budget: TemplateBudget): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "object":
      return value === null ? "" : toJson(value, budget);
    case "undefined":
    case "function":
    case "symbol":
      return "";
  }
}

/** As it can stand inside a JSON string; what is no string as in {@link toText}. */
export function toJsonInside(value: unknown, budget: TemplateBudget): string {
  if (typeof value !== "string") return toText(value, budget);
  budget.use(value.length);
  return JSON.stringify(value).slice(1, -1);
}

/** Collects what is put out, up to what a body may have. */
export class BoundedEmitter implements Emitter {
  buffer = "";
  readonly #budget: TemplateBudget;

  constructor(budget: TemplateBudget) {
    this.#budget = budget;
  }

  write(value: unknown): void {
    const text = toText(value, this.#budget);
    this.#budget.use(text.length);
    // A character is at least a byte; the exact length is looked at once, when the body is there.
    if (this.buffer.length + text.length > RENDERED_BODY_BYTES_MAX) throw tooLong();
    this.buffer += text;
  }
}

export const tooLong = (): TemplateFault =>
  new TemplateFault(`makes a body of more than ${RENDERED_BODY_BYTES_MAX} bytes`);
