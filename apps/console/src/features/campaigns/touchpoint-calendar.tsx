import { Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { toDays, type Scheduled } from "./calendar-days.js";
import { CalendarGrid } from "./calendar-grid.js";
import { CalendarHeader } from "./calendar-header.js";
import { CalendarList } from "./calendar-list.js";
import type { Month } from "./month.js";
import type { ZonedClock } from "./zoned-clock.js";

interface TouchpointCalendarProps {
  readonly clock: ZonedClock;
  readonly month: Month;
  readonly onMonth: (month: Month) => void;
  readonly entries: readonly Scheduled[];
}

/** Below, days are too narrow to be read: they stand below each other. As Mantine's `sm`. */
const WIDE = "(min-width: 48em)";

/** A month with what is due in it, by the workspace's clocks (product.md W5). */
export function TouchpointCalendar({ clock, month, onMonth, entries }: TouchpointCalendarProps) {
  const { t } = useTranslation("campaigns");
  const isWide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches);
  const days = useMemo(() => toDays(entries, clock), [entries, clock]);
  const { date: today } = clock.show(new Date());
  return (
    <Stack gap="sm">
      <CalendarHeader month={month} today={today} onMonth={onMonth} />
      {isWide ? (
        // Another month begins anew at its own day.
        <CalendarGrid days={days} clock={clock} month={month} today={today} onMonth={onMonth} />
      ) : (
        <CalendarList days={days} clock={clock} month={month} />
      )}
      <Text size="sm" c="dimmed">
        {t("calendarZone", { timeZone: clock.timeZone })} {isWide && t("calendarHelp")}
      </Text>
    </Stack>
  );
}
