import { CATALOGUE } from "../../../apps/console/src/messages/index.js";
import { LANGUAGES, type Language } from "../../../apps/console/src/messages/languages.js";
import type { Message } from "../../../apps/console/src/messages/messages.js";

type Catalogue = typeof CATALOGUE;
type Part = keyof Catalogue;

/** A text of the catalogue: `webhooks:create`. */
type MessageKey = { [Name in Part]: `${Name}:${keyof Catalogue[Name] & string}` }[Part];

/** Says the console's texts in a language, with values in their places. */
export type Say = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
  (language: Language): Say =>
  (key, values = {}) => {
    const [part, name] = key.split(":") as [Part, string];
    const messages: Readonly<Record<string, Message>> = CATALOGUE[part];
    const text = messages[name]![LANGUAGES.indexOf(language)]!;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, value: string) => String(values[value]));
  };
