/** What a clock on the wall shows. */
export interface LocalTime {
  /** YYYY-MM-DD */
  readonly date: string;
  /** HH:MM, or HH:MM:SS where there are seconds. */
  readonly time: string;
}

/** The clocks of a time zone. */
export interface ZonedClock {
  readonly timeZone: string;
  readonly show: (at: Date) => LocalTime;
  /** When the clocks show it, earliest first: never in an hour that is left out, twice in one that is repeated. */
  readonly find: (local: LocalTime) => readonly Date[];
}

const DAY_MS = 86_400_000;

/** @throws RangeError for a zone nobody knows */
export function createZonedClock(timeZone: string): ZonedClock {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const show = (at: Date): LocalTime => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
    const minutes = `${of("hour")}:${of("minute")}`;
    return {
      date: `${of("year")}-${of("month")}-${of("day")}`,
      time: of("second") === "00" ? minutes : `${minutes}:${of("second")}`,
    };
  };
  const find = (local: LocalTime): readonly Date[] => {
    const asUtc = toUtcMs(local);
    if (Number.isNaN(asUtc)) return [];
    // Clocks change at most once in the two days around it, so that it is one of their two offsets.
    const offsets = new Set([asUtc - DAY_MS, asUtc + DAY_MS].map((ms) => toUtcMs(show(new Date(ms))) - ms));
    return [...offsets]
      .map((offset) => new Date(asUtc - offset))
      .filter((at) => show(at).date === local.date && toUtcMs(show(at)) === asUtc)
      .sort((a, b) => a.getTime() - b.getTime());
  };
  return { timeZone, show, find };
}

/** As if the clock stood at Greenwich; NaN for what is no time. */
const toUtcMs = ({ date, time }: LocalTime): number => Date.parse(`${date}T${time}Z`);
