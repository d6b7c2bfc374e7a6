import {
  type BodyField,
  findJsonFault,
  isTriggerType,
  type NativeEvent,
  toPlace,
  type WebhookBody,
  type WebhookId,
} from "@hooklane/core";
import { type Liquid, type Template, toValueSync } from "liquidjs";
import { RenderContext } from "./render-context.js";
import { TemplateBudget } from "./template-budget.js";
import { prepareParsed } from "./template-check.js";
import { engines } from "./template-engine.js";
import { type TemplateFailure, toParseFailure, toRenderFailure } from "./template-fault.js";
import { BoundedEmitter } from "./template-output.js";

/** A field of a form with its value made. */
export interface RenderedField {
  readonly name: string;
  readonly value: string;
}

/** What of a webhook templates can put out, as `webhook`. */
export interface TemplateWebhook {
  readonly _id: WebhookId;
  readonly name: string;
}

/** A fault of a body as it was given; `index` is the field's. */
export interface BodyFault {
  readonly index?: number;
  readonly failure: TemplateFailure;
}

/** Everything of a body that is no template of ours: unknown tags and filters too (product.md D12). */
export function checkBody(body: WebhookBody): readonly BodyFault[] {
  if (typeof body === "string") {
    const parsed = parse(engines.json, body);
    return isFailure(parsed) ? [{ failure: parsed }] : [];
  }
  return body.flatMap(({ value }, index) => {
    const parsed = parse(engines.text, value);
    return isFailure(parsed) ? [{ index, failure: parsed }] : [];
  });
}

/**
 * A webhook's own body, parsed once (product.md D12). Values are those of the event: `id`, `type`, `timestamp`, `source`,
 * `data`, and `webhook` with `id` and `name`; of a trigger also `contact`; what is not there is empty. Nothing else can be put out, no time and no
 * chance: the same event gives the same text. Numbers are those of JavaScript: digits beyond 2^53 are lost.
 */
export class BodyTemplate {
  readonly #webhook: { readonly id: WebhookId; readonly name: string };
  /** Of JSON; undefined: the fields. */
  readonly #json: Parsed | undefined;
  readonly #fields: readonly ParsedField[];

  constructor(body: WebhookBody, { _id, name }: TemplateWebhook) {
    this.#webhook = { id: _id, name };
    this.#json = typeof body === "string" ? parse(engines.json, body) : undefined;
    this.#fields = typeof body === "string" ? [] : body.map(toParsedField);
  }

  /** @param event in native form, as JSON */
  render(event: Uint8Array): string | readonly RenderedField[] | TemplateFailure {
    const values = this.#toValues(event);
    const budget = new TemplateBudget(event.byteLength);
    if (this.#json !== undefined) {
      const text = render(engines.json, this.#json, values, budget);
      return typeof text === "string" ? checkJson(text) : text;
    }
    const fields: RenderedField[] = [];
    for (const { name, parsed } of this.#fields) {
      const value = render(engines.text, parsed, values, budget);
      if (typeof value !== "string") return { ...value, field: name };
      fields.push({ name, value });
    }
    return fields;
  }

  #toValues(event: Uint8Array): object {
    const native = JSON.parse(Buffer.from(event).toString()) as NativeEvent;
    const { id, type, timestamp, source, data } = native;
    // Of what a journey or campaign sets off, a request is about one contact.
    const contact = isTriggerType(type) ? { contact: data.contact } : {};
    const values = { id, type, timestamp, source, data, webhook: this.#webhook, ...contact };
    // Without a prototype: what every object inherits is no value of the event.
    return Object.assign(Object.create(null) as object, values);
  }
}

type Parsed = readonly Template[] | TemplateFailure;

interface ParsedField {
  readonly name: string;
  readonly parsed: Parsed;
}

const isFailure = (parsed: Parsed): parsed is TemplateFailure => "kind" in parsed;

const toParsedField = ({ name, value }: BodyField): ParsedField => ({
  name,
  parsed: parse(engines.text, value),
});

function parse(engine: Liquid, text: string): Parsed {
  try {
    const templates = engine.parse(text);
    prepareParsed(templates);
    return templates;
  } catch (error) {
    return toParseFailure(error);
  }
}

function render(
  engine: Liquid,
  parsed: Parsed,
  values: object,
  budget: TemplateBudget,
): string | TemplateFailure {
  if (isFailure(parsed)) return parsed;
  const emitter = new BoundedEmitter(budget);
  try {
    const context = new RenderContext(values, engine, budget);
    toValueSync(engine.renderer.renderTemplates([...parsed], context, emitter));
    return emitter.buffer;
  } catch (error) {
    return toRenderFailure(error);
  }
}

function checkJson(rendered: string): string | TemplateFailure {
  try {
    JSON.parse(rendered);
    return rendered;
  } catch {
    const place = toPlace(rendered, findJsonFault(rendered));
    return { kind: "template_failed", message: "is not JSON", of: "rendered", ...place, rendered };
  }
}
