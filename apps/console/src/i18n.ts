import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Resources } from "./messages/index.js";
import { type Language, LANGUAGES } from "./messages/languages.js";
import { firstTexts, loadTexts } from "./messages/parts.js";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Resources;
    returnNull: false;
  }
}

const STORED = "hooklane.language";

/** What a view needs of texts that are not here yet; it is shown when they have come. */
const laterParts: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, part, callback) => {
    const texts = loadTexts(language === "fr" ? "fr" : "en", part);
    // `true`: it is tried again.
    texts.then(
      (loaded) => callback(null, loaded),
      (error: unknown) => callback(error instanceof Error ? error : String(error), true),
    );
  },
};

/** Begins with the language chosen before, else the browser's, else English. */
export function startI18n(): void {
  // Resolved by the time it returns: what is shown first is here already.
  void i18next
    .use(laterParts)
    .use(initReactI18next)
    .init({
      lng: chooseLanguage(localStorage.getItem(STORED), navigator.languages),
      fallbackLng: "en",
      supportedLngs: LANGUAGES,
      defaultNS: "common",
      ns: ["common", "layout"],
      resources: { en: firstTexts("en"), fr: firstTexts("fr") },
      partialBundledLanguages: true,
      keySeparator: false,
      // React escapes.
      interpolation: { escapeValue: false },
      initAsync: false,
    });
  i18next.on("languageChanged", showLanguage);
  showLanguage(i18next.language);
}

/** Changes the language, for the next visits too. */
export function switchLanguage(language: Language): void {
  localStorage.setItem(STORED, language);
  void i18next.changeLanguage(language);
}

/** The first one there is texts for; of `fr-CA` those of `fr`. */
function chooseLanguage(stored: string | null, wanted: readonly string[]): Language {
  const languages = [stored ?? "", ...wanted].map((tag) => tag.toLowerCase().split("-")[0]);
  return languages.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? "en";
}

function showLanguage(language: string): void {
  document.documentElement.lang = language;
}
