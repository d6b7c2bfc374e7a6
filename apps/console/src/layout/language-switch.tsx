import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { switchLanguage } from "../i18n.js";
import { type Language, LANGUAGE_NAMES, LANGUAGES } from "../messages/languages.js";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation("layout");
  return (
    <NativeSelect
      size="xs"
      aria-label={t("language")}
      value={i18n.resolvedLanguage ?? "en"}
      onChange={({ currentTarget }) => switchLanguage(currentTarget.value as Language)}
      data={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
    />
  );
}
