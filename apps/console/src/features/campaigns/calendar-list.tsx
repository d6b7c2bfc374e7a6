import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Days } from "./calendar-days.js";
import { CalendarEntryLink } from "./calendar-entry.js";
import { useCalendarFormat } from "./calendar-format.js";
import { type Month, monthOf } from "./month.js";
import type { ZonedClock } from "./zoned-clock.js";
import "./calendar.css";

interface CalendarListProps {
  readonly days: Days;
  readonly clock: ZonedClock;
  readonly month: Month;
}

/** A month's days that have anything, below each other: for narrow screens. */
export function CalendarList({ days, clock, month }: CalendarListProps) {
  const { t } = useTranslation("campaigns");
  const format = useCalendarFormat();
  const ofMonth = [...days].filter(([day]) => monthOf(day) === month);
  if (ofMonth.length === 0) return <Text py="md">{t("nothingInMonth")}</Text>;
  return (
    <Stack>
      {ofMonth.map(([day, entries]) => (
        <section key={day}>
          <Title order={4} size="h6" mb={4}>
            {format.day(day)}
          </Title>
          <Stack gap={6}>
            {entries.map((entry) => (
              <CalendarEntryLink key={entry.touchpointId} entry={entry} timeZone={clock.timeZone} />
            ))}
          </Stack>
        </section>
      ))}
    </Stack>
  );
}
