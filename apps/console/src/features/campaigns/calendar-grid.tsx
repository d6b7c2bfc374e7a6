import { useTranslation } from "react-i18next";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { CalendarCell } from "./calendar-cell.js";
import type { Days } from "./calendar-days.js";
import { useCalendarFormat } from "./calendar-format.js";
import { toDayByKey } from "./calendar-keys.js";
import { type Day, firstDayOf, type Month, monthOf, weeksOf } from "./month.js";
import type { ZonedClock } from "./zoned-clock.js";
import "./calendar.css";

interface CalendarGridProps {
  readonly days: Days;
  readonly clock: ZonedClock;
  readonly month: Month;
  readonly today: Day;
  readonly onMonth: (month: Month) => void;
}

/** A month as weeks of days. One day is reached by Tab, the others from there by arrow keys (WAI-ARIA's grid). */
export function CalendarGrid({ days, clock, month, today, onMonth }: CalendarGridProps) {
  const { t } = useTranslation("campaigns");
  const format = useCalendarFormat();
  const grid = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Day>();
  // Where the focus goes once that day is there: another month may have to come first.
  const wanted = useRef<Day>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-day="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = undefined;
    cell.focus();
  }, [chosen, month]);
  const weeks = weeksOf(month);
  const isShown = (day: Day | undefined): day is Day => day !== undefined && weeks.flat().includes(day);
  const entrance = isShown(chosen) ? chosen : isShown(today) ? today : firstDayOf(month);
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-day]") : null;
    const day = cell?.dataset.day;
    const next = day === undefined ? undefined : toDayByKey(day, event.key);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = next;
    setChosen(next);
    if (!isShown(next) || event.key.startsWith("Page")) onMonth(monthOf(next));
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={`${t("calendar")}: ${format.month(month)}`}
      className="calendar"
      onKeyDown={onKeyDown}
    >
      <div role="row" className="calendar-row">
        {weeks[0]?.map((day) => (
          <div
            key={day}
            role="columnheader"
            aria-label={format.longWeekday(day)}
            className="calendar-weekday"
          >
            {format.weekday(day)}
          </div>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" className="calendar-row">
          {week.map((day) => (
            <CalendarCell
              key={day}
              day={day}
              entries={days.get(day) ?? []}
              timeZone={clock.timeZone}
              isOther={monthOf(day) !== month}
              isToday={day === today}
              isEntrance={day === entrance}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
