import { ActionIcon, Button, Group, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCalendarFormat } from "./calendar-format.js";
import { addMonths, type Day, firstDayOf, type Month, monthOf } from "./month.js";

interface CalendarHeaderProps {
  readonly month: Month;
  readonly today: Day;
  readonly onMonth: (month: Month) => void;
}

/** Which month is shown, and the way to others. */
export function CalendarHeader({ month, today, onMonth }: CalendarHeaderProps) {
  const { t } = useTranslation("campaigns");
  const format = useCalendarFormat();
  const go = (months: number) => onMonth(monthOf(addMonths(firstDayOf(month), months)));
  return (
    <Group gap="sm">
      <ActionIcon.Group>
        <ActionIcon variant="default" size="lg" aria-label={t("previousMonth")} onClick={() => go(-1)}>
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label={t("nextMonth")} onClick={() => go(1)}>
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </ActionIcon.Group>
      <Button variant="default" disabled={month === monthOf(today)} onClick={() => onMonth(monthOf(today))}>
        {t("today")}
      </Button>
      <Title order={3} size="h4" tt="capitalize" aria-live="polite">
        {format.month(month)}
      </Title>
    </Group>
  );
}
