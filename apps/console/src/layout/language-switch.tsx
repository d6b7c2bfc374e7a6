import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { switchLanguage } from "../i18n.js";
import { type Language, LANGUAGES } from "../messages/languages.js";

const OWN_NAMES: Readonly<Record<Language, string>> = { en: "English", fr: "Français" };

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("layout");
  return (
    <NativeSelect
      size="xs"
      aria-label={t("language")}
      value={i18n.resolvedLanguage ?? "en"}
      onChange={({ currentTarget }) => switchLanguage(currentTarget.value as Language)}
      data={LANGUAGES.map((language) => ({ value: language, label: OWN_NAMES[language] }))}
    />
  );
}
