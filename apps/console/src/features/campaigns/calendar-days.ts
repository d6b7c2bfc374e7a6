import type { CalendarEntry } from "@hooklane/client";
import type { Day } from "./month.js";
import type { ZonedClock } from "./zoned-clock.js";

/** What of a touchpoint stands in a calendar; of one campaign's it goes without saying which. */
export type Scheduled = Pick<CalendarEntry, "campaignId" | "touchpointId" | "name" | "dueAt" | "status"> &
  Partial<Pick<CalendarEntry, "campaignName">>;

/** What is due on each day that has anything, earliest first. */
export type Days = ReadonlyMap<Day, readonly Scheduled[]>;

export function toDays(entries: readonly Scheduled[], clock: ZonedClock): Days {
  const days = new Map<Day, Scheduled[]>();
  for (const entry of [...entries].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))) {
    const { date } = clock.show(new Date(entry.dueAt));
    days.set(date, [...(days.get(date) ?? []), entry]);
  }
  return days;
}
