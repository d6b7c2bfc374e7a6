import { common } from "./common.js";
import { fields } from "./fields.js";
import { health } from "./health.js";
import { layout } from "./layout.js";
import { log } from "./log.js";
import type { Message } from "./messages.js";
import { plans } from "./plans.js";
import { webhooks } from "./webhooks.js";

/** Every text of the console, by part and key. A feature adds its file and its line. */
export const CATALOGUE = { common, fields, health, layout, log, plans, webhooks } as const;

type Catalogue = typeof CATALOGUE;

/** The parts of the catalogue, as i18next's types want them: each text by key. */
export type Resources = {
  readonly [Part in keyof Catalogue]: { readonly [Key in keyof Catalogue[Part]]: string };
};

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** All texts in one language. */
export function toResources(language: Language): Record<string, Record<string, string>> {
  const index = LANGUAGES.indexOf(language);
  return Object.fromEntries(
    Object.entries(CATALOGUE).map(([part, messages]) => [part, toTexts(messages, index)]),
  );
}

function toTexts(messages: Readonly<Record<string, Message>>, index: number): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, message] of Object.entries(messages)) {
    const text = message[index] ?? message[0];
    texts[key] = text;
    // French counts by the million in a form of its own, which our texts do not tell from the plural.
    if (key.endsWith("_other")) texts[key.replace(/_other$/, "_many")] = text;
  }
  return texts;
}
