import { describe, expect, test } from "@jest/globals";
import { CATALOGUE } from "./index.js";
import { LANGUAGES, toTexts } from "./languages.js";
import type { Message, Messages } from "./messages.js";
import { firstTexts, loadTexts } from "./parts.js";

const all = Object.entries<Messages>(CATALOGUE).flatMap(([part, messages]) =>
  Object.entries(messages).map(([key, message]): [string, Message] => [`${part}:${key}`, message]),
);

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe("the message catalogue", () => {
  test.each(all)("%s is there in both languages, with the same places for values", (_key, [en, fr]) => {
    expect(en.trim()).toBe(en);
    expect(fr.trim()).toBe(fr);
    expect(en).not.toBe("");
    expect(fr).not.toBe("");
    expect(placeholders(fr)).toEqual(placeholders(en));
  });

  test.each(LANGUAGES)("a text with a count has every form %s counts in", (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [part, messages] of Object.entries<Messages>(CATALOGUE)) {
      const texts = toTexts(messages, language);
      const counted = Object.keys(texts).filter((key) => key.endsWith("_other"));
      for (const key of counted)
        for (const form of forms)
          expect(`${part}:${Object.keys(texts).join()},`).toContain(`${key.replace("_other", `_${form}`)},`);
    }
  });

  test.each(LANGUAGES)("every part is shown first, or loaded by its name (%s)", async (language) => {
    const first = firstTexts(language);
    for (const [part, messages] of Object.entries<Messages>(CATALOGUE))
      expect(first[part] ?? (await loadTexts(language, part))).toEqual(toTexts(messages, language));
  });
});
