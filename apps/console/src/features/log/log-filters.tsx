import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel, useEventTypes } from "../../api/event-types.js";
import { labelOf } from "../../components/delivery-status.js";
import { DELIVERY_STATUSES, EVENT_STATUSES, type LogSearch } from "./log-search.js";
import { WebhookChoice } from "./webhook-choice.js";

interface LogFiltersProps {
  readonly search: LogSearch;
  readonly view: "deliveries" | NonNullable<LogSearch["view"]>;
  readonly onChange: (patch: Partial<LogSearch>) => void;
}

/** Narrows the log. What the browser brings for choosing and for dates works by keyboard, touch and reader alike. */
export function LogFilters({ search, view, onChange }: LogFiltersProps) {
  const { t } = useTranslation("log");
  const { data: types = [] } = useEventTypes();
  const toLabel = useEventTypeLabel();
  const all = { value: "", label: t("all") };
  const chosen = (value: string) => (value === "" ? undefined : value);
  return (
    <Group mb="md" gap="sm" align="end">
      {view !== "events" && (
        <WebhookChoice chosen={search.webhookId} onChange={(webhookId) => onChange({ webhookId })} />
      )}
      <NativeSelect
        label={t("event")}
        maw={240}
        value={search.eventType ?? ""}
        onChange={({ currentTarget }) => onChange({ eventType: chosen(currentTarget.value) })}
        data={[all, ...types.map(({ type }) => ({ value: type, label: toLabel(type) }))]}
      />
      {view === "deliveries" && (
        <NativeSelect
          label={t("status")}
          value={search.status ?? ""}
          onChange={({ currentTarget }) =>
            onChange({ status: DELIVERY_STATUSES.find((status) => status === currentTarget.value) })
          }
          data={[all, ...DELIVERY_STATUSES.map((value) => ({ value, label: t(labelOf(value)) }))]}
        />
      )}
      {view === "events" && (
        <NativeSelect
          label={t("status")}
          value={search.eventStatus ?? ""}
          onChange={({ currentTarget }) =>
            onChange({ eventStatus: EVENT_STATUSES.find((status) => status === currentTarget.value) })
          }
          data={[all, ...EVENT_STATUSES.map((value) => ({ value, label: t(labelOf(value)) }))]}
        />
      )}
      <TextInput
        type="datetime-local"
        label={t("from")}
        value={search.from ?? ""}
        onChange={({ currentTarget }) => onChange({ from: chosen(currentTarget.value) })}
      />
      <TextInput
        type="datetime-local"
        label={t("to")}
        value={search.to ?? ""}
        onChange={({ currentTarget }) => onChange({ to: chosen(currentTarget.value) })}
      />
    </Group>
  );
}
