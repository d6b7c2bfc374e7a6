import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Scheduled } from "./calendar-days.js";
import { CalendarEntryLink } from "./calendar-entry.js";
import { useCalendarFormat } from "./calendar-format.js";
import type { Day } from "./month.js";

/** Before a day asks whether to show the rest. */
const SHOWN_MAX = 3;

interface CalendarCellProps {
  readonly day: Day;
  readonly entries: readonly Scheduled[];
  readonly timeZone: string;
  /** Of the month before or after. */
  readonly isOther: boolean;
  readonly isToday: boolean;
  /** Whether Tab comes here. */
  readonly isEntrance: boolean;
}

export function CalendarCell({ day, entries, timeZone, isOther, isToday, isEntrance }: CalendarCellProps) {
  const { t } = useTranslation("campaigns");
  const format = useCalendarFormat();
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen || entries.length <= SHOWN_MAX ? entries : entries.slice(0, SHOWN_MAX - 1);
  const hidden = entries.length - shown.length;
  return (
    <div
      role="gridcell"
      tabIndex={isEntrance ? 0 : -1}
      data-day={day}
      data-other={isOther || undefined}
      aria-current={isToday ? "date" : undefined}
      className="calendar-cell"
    >
      <VisuallyHidden>{format.day(day)}</VisuallyHidden>
      <span aria-hidden className="calendar-day">
        {Number(day.slice(-2))}
      </span>
      {shown.map((entry) => (
        <CalendarEntryLink key={entry.touchpointId} entry={entry} timeZone={timeZone} />
      ))}
      {hidden > 0 && (
        <UnstyledButton fz="xs" onClick={() => setOpen(true)}>
          {t("more", { count: hidden })}
        </UnstyledButton>
      )}
    </div>
  );
}
