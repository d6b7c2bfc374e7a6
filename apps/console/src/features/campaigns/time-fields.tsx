import { Group, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import type { LocalTime, ZonedClock } from "./zoned-clock.js";
import { isRepeated } from "./why-not-then.js";

interface TimeFieldsProps {
  readonly form: Pick<CheckedForm<LocalTime>, "values" | "change" | "errorOf" | "leave">;
  readonly clock: ZonedClock;
}

/** When it is due, by the workspace's clocks. The browser's own fields work by keyboard, touch and reader alike. */
export function TimeFields({ form: { values, change, errorOf, leave }, clock }: TimeFieldsProps) {
  const { t } = useTranslation("touchpoints");
  const { date, time } = values;
  return (
    <>
      <Group align="start">
        <TextInput
          type="date"
          label={t("date")}
          min={clock.show(new Date()).date}
          value={date}
          onChange={({ currentTarget }) => change({ date: currentTarget.value })}
          onBlur={() => leave("date")}
          error={errorOf("date")}
          withAsterisk
          flex="1 1 10rem"
        />
        <TextInput
          type="time"
          label={t("time")}
          value={time}
          onChange={({ currentTarget }) => change({ time: currentTarget.value })}
          onBlur={() => leave("time")}
          error={errorOf("time")}
          withAsterisk
          flex="1 1 10rem"
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t("timeZone", { timeZone: clock.timeZone })}
      </Text>
      {isRepeated({ date, time }, clock) && (
        <Text size="sm" role="status">
          {t("repeated", { timeZone: clock.timeZone })}
        </Text>
      )}
    </>
  );
}
