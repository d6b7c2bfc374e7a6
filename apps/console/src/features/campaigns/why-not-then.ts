import type { LocalTime, ZonedClock } from "./zoned-clock.js";

/** What is wrong with a time somebody gave. */
export interface TimeFault {
  readonly path: "date" | "time";
  /** It is over, or the clocks leave it out: the API would take that, as much later as they leave out (product.md W5). */
  readonly why: "past" | "leftOut";
}

/** Why nothing can be scheduled for a time; undefined: it can, or it is not given yet. */
export function whyNotThen({ date, time }: LocalTime, clock: ZonedClock, now: Date): TimeFault | undefined {
  if (date === "" || time === "") return undefined;
  const today = clock.show(now).date;
  if (date < today) return { path: "date", why: "past" };
  const [at] = clock.find({ date, time });
  if (!at) return { path: "time", why: "leftOut" };
  return at <= now ? { path: "time", why: "past" } : undefined;
}

/** Whether the clocks show a time twice. */
export const isRepeated = (local: LocalTime, clock: ZonedClock): boolean => clock.find(local).length > 1;
