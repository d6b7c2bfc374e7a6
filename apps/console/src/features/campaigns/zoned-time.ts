import { useTranslation } from "react-i18next";

/** A point of time by the clocks of a zone, which is named: of what is due, and when it ended. */
export function useZonedTime(timeZone: string): (iso: string) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.resolvedLanguage ?? "en", {
    timeZone,
    weekday: "short",
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  return (iso) => format.format(new Date(iso));
}
