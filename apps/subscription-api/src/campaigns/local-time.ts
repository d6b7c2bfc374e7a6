import type { FieldError } from "@hooklane/contracts";
import type { ClockChange } from "@hooklane/core";
import { Temporal } from "temporal-polyfill";

const YEARS_MAX = 2;

/** A point of time, and how it came of a local one. */
export interface DueTime {
  readonly dueAt: Date;
  readonly clockChange?: ClockChange;
}

/**
 * When a local time is. Of a time the clock shows twice, the first; one that the clock leaves out is as much later as it
 * leaves out ("compatible" in RFC 5545's and Temporal's words).
 *
 * @param date YYYY-MM-DD, of the calendar
 * @param time HH:MM or HH:MM:SS
 * @throws RangeError for an unknown zone
 */
export function toDueTime(date: string, time: string, timeZone: string): DueTime {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  const due = local.toZonedDateTime(timeZone, { disambiguation: "compatible" });
  const dueAt = new Date(due.epochMilliseconds);
  if (!due.toPlainDateTime().equals(local)) return { dueAt, clockChange: "moved_forward" };
  const last = local.toZonedDateTime(timeZone, { disambiguation: "later" });
  return last.equals(due) ? { dueAt } : { dueAt, clockChange: "first_of_two" };
}

/** The day a point of time falls on: YYYY-MM-DD. */
export const toLocalDate = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** A day's bounds: its first moment, and the next day's. Not every day begins at midnight, nor has 24 hours. */
export function toDayRange(
  from: string,
  to: string,
  timeZone: string,
): { readonly from: Date; readonly to: Date } {
  const startOf = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return {
    from: startOf(Temporal.PlainDate.from(from)),
    to: startOf(Temporal.PlainDate.from(to).add({ days: 1 })),
  };
}

/** Why nothing can be scheduled for a time; undefined: it can. */
export function whyNotThen(
  { date, timeZone, dueAt }: { readonly date: string; readonly timeZone: string; readonly dueAt: Date },
  now: Date,
): FieldError | undefined {
  if (dueAt <= now) return pastTime(date, timeZone, now);
  const last = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .add({ years: YEARS_MAX });
  if (dueAt.getTime() <= last.epochMilliseconds) return undefined;
  return { path: "date", code: "too_large", message: `must be within ${YEARS_MAX} years` };
}

/** Says which of a date and a time has passed. */
export const pastTime = (date: string, timeZone: string, now: Date): FieldError => ({
  path: date < toLocalDate(now, timeZone) ? "date" : "time",
  code: "too_small",
  message: "is in the past",
});
