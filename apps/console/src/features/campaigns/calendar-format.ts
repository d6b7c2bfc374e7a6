import { useTranslation } from "react-i18next";
import { type Day, firstDayOf, type Month } from "./month.js";

/** Days and months as the language shown writes them. A day is the calendar's, and of no zone. */
export function useCalendarFormat() {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? "en";
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    return (day: Day) => formatter.format(new Date(`${day}T00:00:00Z`));
  };
  const ofMonth = format({ month: "long", year: "numeric" });
  return {
    month: (month: Month) => ofMonth(firstDayOf(month)),
    day: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    weekday: format({ weekday: "short" }),
    longWeekday: format({ weekday: "long" }),
    /** Of a point of time, by a zone's clocks. */
    time: (iso: string, timeZone: string) =>
      new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", timeZone }).format(
        new Date(iso),
      ),
  };
}
