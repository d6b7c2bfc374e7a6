import type { Messages } from "./messages.js";

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in itself: who looks for theirs reads no other. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", fr: "Français" };

/** The texts of a part in one language, by key. */
export function toTexts(messages: Messages, language: Language): Record<string, string> {
  const index = LANGUAGES.indexOf(language);
  const texts: Record<string, string> = {};
  for (const [key, message] of Object.entries(messages)) {
    const text = message[index] ?? message[0];
    texts[key] = text;
    // French counts by the million in a form of its own, which our texts do not tell from the plural.
    if (key.endsWith("_other")) texts[key.replace(/_other$/, "_many")] = text;
  }
  return texts;
}
