import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { useFormat } from "../../components/format.js";
import { type Example, useRecentEvents } from "./examples.js";

interface ExampleChoiceProps {
  readonly eventTypes: readonly string[];
  readonly example: Example | undefined;
  readonly onChange: (example: Example) => void;
}

const toValue = (example: Example | undefined): string => {
  if (!example) return "";
  return example.kind === "type" ? `type:${example.eventType}` : `event:${example.eventId}`;
};

function fromValue(value: string): Example {
  const [kind, ...rest] = value.split(":");
  // Ids of events may have colons in them.
  const id = rest.join(":");
  return kind === "event" ? { kind, eventId: id } : { kind: "type", eventType: id };
}

/** Which event the filter and the template are tried with. */
export function ExampleChoice({ eventTypes, example, onChange }: ExampleChoiceProps) {
  const { t } = useTranslation("templates");
  const format = useFormat();
  const toLabel = useEventTypeLabel();
  const { data: recent = [] } = useRecentEvents();
  return (
    <NativeSelect
      label={t("tryWith")}
      description={t("tryWithHelp")}
      value={toValue(example)}
      onChange={({ currentTarget }) => onChange(fromValue(currentTarget.value))}
      data={[
        {
          group: t("examples"),
          items: eventTypes.map((type) => ({ value: `type:${type}`, label: toLabel(type) })),
        },
        {
          group: t("recentEvents"),
          items: recent.map(({ id, type, acceptedAt }) => ({
            value: `event:${id}`,
            label: `${format.dateTime(acceptedAt)} · ${toLabel(type)}`,
          })),
        },
      ]}
    />
  );
}
