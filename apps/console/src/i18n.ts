import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type Language, LANGUAGES, type Resources, toResources } from "./messages/index.js";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Resources;
    returnNull: false;
  }
}

const STORED = "hooklane.language";

/** Begins with the language chosen before, else the browser's, else English. */
export function startI18n(): void {
  // Resolved by the time it returns: every text is here already.
  void i18next.use(initReactI18next).init({
    lng: chooseLanguage(localStorage.getItem(STORED), navigator.languages),
    fallbackLng: "en",
    supportedLngs: LANGUAGES,
    defaultNS: "common",
    resources: { en: toResources("en"), fr: toResources("fr") },
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
