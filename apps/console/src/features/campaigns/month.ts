/** A day as the calendar names it: YYYY-MM-DD. */
export type Day = string;
/** YYYY-MM */
export type Month = string;

const DAYS_A_WEEK = 7;

const toDate = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const toDay = (date: Date): Day => date.toISOString().slice(0, "YYYY-MM-DD".length);

export const monthOf = (day: Day): Month => day.slice(0, "YYYY-MM".length);

export function addDays(day: Day, days: number): Day {
  const date = toDate(day);
  date.setUTCDate(date.getUTCDate() + days);
  return toDay(date);
}

/** The same day of another month, or that month's last. */
export function addMonths(day: Day, months: number): Day {
  const date = toDate(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return toDay(date);
}

export const firstDayOf = (month: Month): Day => `${month}-01`;

/** 0 is Monday, as weeks begin (ISO 8601). */
const weekdayOf = (day: Day): number => (toDate(day).getUTCDay() + DAYS_A_WEEK - 1) % DAYS_A_WEEK;

export const startOfWeek = (day: Day): Day => addDays(day, -weekdayOf(day));

/** The whole weeks that have days of a month. */
export function weeksOf(month: Month): readonly (readonly Day[])[] {
  const weeks: (readonly Day[])[] = [];
  for (
    let monday = startOfWeek(firstDayOf(month));
    monthOf(monday) <= month;
    monday = addDays(monday, DAYS_A_WEEK)
  )
    weeks.push(Array.from({ length: DAYS_A_WEEK }, (_, index) => addDays(monday, index)));
  return weeks;
}

/** A month of an address; undefined: it is none. */
export function readMonth(text: unknown): Month | undefined {
  return typeof text === "string" && /^20\d\d-(?:0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}
