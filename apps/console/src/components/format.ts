import { useTranslation } from "react-i18next";

/** Numbers and times as the language shown writes them, times in the reader's own zone. */
export interface Format {
  readonly number: (value: number) => string;
  /** Of a share from 0 to 1. */
  readonly percent: (share: number) => string;
  readonly dateTime: (iso: string) => string;
  /** Of a bucket of a chart: hours and minutes, with the day where there are several. */
  readonly shortTime: (iso: string, withDay: boolean) => string;
  /** With milliseconds: of two attempts one sees which was first. */
  readonly exactTime: (iso: string) => string;
  readonly milliseconds: (value: number) => string;
  /** `42 s`, `3 min 5 s`, `2 h 10 min`. */
  readonly duration: (seconds: number) => string;
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatIn(i18n.resolvedLanguage ?? "en");
}

/** The formats of a language. Pure, but for the reader's time zone. */
export function formatIn(language: string): Format {
  const unit = (name: string) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    });
  return {
    number: (value) => new Intl.NumberFormat(language).format(value),
    percent: (share) =>
      new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share),
    dateTime: (iso) =>
      new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(iso)),
    shortTime: (iso, withDay) =>
      new Intl.DateTimeFormat(language, {
        ...(withDay && { day: "numeric", month: "short" }),
        hour: "2-digit",
        minute: "2-digit",
      }).format(new Date(iso)),
    exactTime: (iso) =>
      new Intl.DateTimeFormat(language, {
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        fractionalSecondDigits: 3,
      }).format(new Date(iso)),
    milliseconds: (value) => unit("millisecond").format(value),
    duration: (seconds) => {
      const parts = split(Math.max(0, Math.round(seconds)));
      return parts.map(([value, name]) => unit(name).format(value)).join(" ");
    },
  };
}

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** The two largest units there are any of: nobody wants to know the seconds of a day. */
function split(seconds: number): readonly (readonly [value: number, unit: string])[] {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first === -1) return [[0, "second"]];
  let rest = seconds;
  return UNITS.slice(first, first + 2).flatMap(([name, size]) => {
    const value = Math.floor(rest / size);
    rest -= value * size;
    return value > 0 ? [[value, name] as const] : [];
  });
}
