import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { labelOf } from "../../components/webhook-status.js";
import { WEBHOOK_STATUSES, type WebhookSearch } from "./webhook-search.js";

/** How long somebody types before they are taken to be done, milliseconds. */
const TYPING_MS = 300;

/** As the API takes it. */
const LONGEST = 200;

/** Narrows the list of webhooks. */
export function WebhookFilters({
  search,
  onChange,
}: {
  readonly search: WebhookSearch;
  readonly onChange: (patch: Partial<WebhookSearch>) => void;
}) {
  const { t } = useTranslation(["webhooks", "common"]);
  const [typed, setTyped] = useState(search.search ?? "");
  const look = useDebouncedCallback((text: string) => onChange({ search: text || undefined }), TYPING_MS);
  return (
    <Group mb="md" gap="sm" align="end">
      <TextInput
        type="search"
        label={t("search")}
        w={280}
        maxLength={LONGEST}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          look(currentTarget.value);
        }}
      />
      <NativeSelect
        label={t("common:status")}
        value={search.status ?? ""}
        onChange={({ currentTarget }) =>
          onChange({ status: WEBHOOK_STATUSES.find((status) => status === currentTarget.value) })
        }
        data={[
          { value: "", label: t("common:all") },
          ...WEBHOOK_STATUSES.map((value) => ({ value, label: t(labelOf(value)) })),
        ]}
      />
    </Group>
  );
}
