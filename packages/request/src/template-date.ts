import { parseDateTime } from "@hooklane/core";
import type { TemplateBudget } from "./template-budget.js";
import type { TemplateFilter } from "./template-filter.js";
import { TemplateFault } from "./template-fault.js";
import { toText } from "./template-output.js";

/** A time as it reads in some zone. */
interface LocalTime {
  readonly atMs: number;
  /** Ahead of UTC, minutes. */
  readonly offset: number;
  /** Its UTC fields are those of the zone. */
  readonly shifted: Date;
}

const DEFAULT_FORMAT = "%Y-%m-%dT%H:%M:%S%:z";
const MINUTE_MS = 60_000;
/** What asking for the offset of a named zone takes, units of work. */
const ZONE_WORK = 1_000;
/** Names are the user's; formats are dear to make. */
const ZONES_KEPT_MAX = 100;

const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/;

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Words that mean the time of rendering. */
export const CLOCK_WORDS: ReadonlySet<unknown> = new Set(["now", "today"]);

export const NO_CLOCK =
  "the time of rendering cannot be put out: a retry has to be the same bytes; use timestamp";

/**
 * `date: format, zone`: an RFC 3339 date-time, a date, or Unix seconds; in UTC, or the zone given as `+02:00` or
 * `Europe/Paris`. Not the engine's own, which reads the clock and the zone of this machine. What is no date stays as it is.
 */
export const dateFilter: TemplateFilter = (budget, value, format, zone) => {
  if (CLOCK_WORDS.has(value)) throw new TemplateFault(NO_CLOCK);
  const atMs = readTime(value);
  if (atMs === undefined || Number.isNaN(new Date(atMs).getTime())) return value;
  const local = toLocal(atMs, zone === undefined ? "" : toText(zone, budget), budget);
  const pattern = format === undefined ? DEFAULT_FORMAT : toText(format, budget);
  budget.use(pattern.length);
  return pattern.replaceAll(/%([-_0^]?)([A-Za-z%]|:z)/g, (all, flag: string, letter: string) =>
    write(local, flag, letter, all),
  );
};

/** @returns milliseconds since 1970 */
function readTime(value: unknown): number | undefined {
  if (typeof value === "number") return value * 1_000;
  if (typeof value !== "string") return undefined;
  if (/^\d{1,12}$/.test(value)) return Number(value) * 1_000;
  return parseDateTime(DAY_ONLY.test(value) ? `${value}T00:00:00Z` : value);
}

function toLocal(atMs: number, zone: string, budget: TemplateBudget): LocalTime {
  const offset = toOffset(atMs, zone, budget);
  return { atMs, offset, shifted: new Date(atMs + offset * MINUTE_MS) };
}

function toOffset(atMs: number, zone: string, budget: TemplateBudget): number {
  if (zone === "" || zone === "UTC") return 0;
  const fixed = OFFSET.exec(zone);
  if (fixed) return (fixed[1] === "-" ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]));
  budget.use(ZONE_WORK);
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const readMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((readMs - Math.floor(atMs / 1_000) * 1_000) / MINUTE_MS);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const numeric = "numeric";
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      ...fields,
      second: numeric,
      hourCycle: "h23",
      timeZone: zone,
    });
  } catch {
    throw new TemplateFault("date: there is no such time zone");
  }
  if (formats.size >= ZONES_KEPT_MAX) formats.clear();
  formats.set(zone, format);
  return format;
}

/** One directive of `strftime`; one that is none stays as it is. */
function write(time: LocalTime, flag: string, letter: string, all: string): string {
  const text = FIELDS[letter]?.(time);
  if (text === undefined) return all;
  if (flag === "^") return text.toUpperCase();
  if (flag === "-") return text.replace(/^[0 ]+(?=\d)/, "");
  if (flag === "_") return text.replace(/^0+(?=\d)/, (zeros) => " ".repeat(zeros.length));
  return flag === "0" ? text.replaceAll(" ", "0") : text;
}

const two = (value: number, fill = "0"): string => String(value).padStart(2, fill);
const toTwelve = (hour: number): number => hour % 12 || 12;
const monthOf = ({ shifted }: LocalTime): string => MONTHS[shifted.getUTCMonth()] ?? "";
const dayOf = ({ shifted }: LocalTime): string => DAYS[shifted.getUTCDay()] ?? "";

function toZone({ offset }: LocalTime, separator: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

function dayOfYear({ shifted }: LocalTime): number {
  const day = Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth(), shifted.getUTCDate());
  return (day - Date.UTC(shifted.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
}

const FIELDS: Readonly<Record<string, ((time: LocalTime) => string) | undefined>> = {
  Y: ({ shifted }) => String(shifted.getUTCFullYear()).padStart(4, "0"),
  y: ({ shifted }) => two(shifted.getUTCFullYear() % 100),
  m: ({ shifted }) => two(shifted.getUTCMonth() + 1),
  d: ({ shifted }) => two(shifted.getUTCDate()),
  e: ({ shifted }) => two(shifted.getUTCDate(), " "),
  j: (time) => String(dayOfYear(time)).padStart(3, "0"),
  H: ({ shifted }) => two(shifted.getUTCHours()),
  k: ({ shifted }) => two(shifted.getUTCHours(), " "),
  I: ({ shifted }) => two(toTwelve(shifted.getUTCHours())),
  l: ({ shifted }) => two(toTwelve(shifted.getUTCHours()), " "),
  M: ({ shifted }) => two(shifted.getUTCMinutes()),
  S: ({ shifted }) => two(shifted.getUTCSeconds()),
  L: ({ shifted }) => String(shifted.getUTCMilliseconds()).padStart(3, "0"),
  s: ({ atMs }) => String(Math.floor(atMs / 1_000)),
  p: ({ shifted }) => (shifted.getUTCHours() < 12 ? "AM" : "PM"),
  P: ({ shifted }) => (shifted.getUTCHours() < 12 ? "am" : "pm"),
  A: dayOf,
  a: (time) => dayOf(time).slice(0, 3),
  u: ({ shifted }) => String(shifted.getUTCDay() || 7),
  w: ({ shifted }) => String(shifted.getUTCDay()),
  B: monthOf,
  b: (time) => monthOf(time).slice(0, 3),
  z: (time) => toZone(time, ""),
  ":z": (time) => toZone(time, ":"),
  F: ({ shifted }) => shifted.toISOString().slice(0, 10),
  T: ({ shifted }) => shifted.toISOString().slice(11, 19),
  "%": () => "%",
};
