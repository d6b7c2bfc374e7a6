import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { useWebhookName } from "./webhook-name.js";

/** Offered at a time: who looks for another types a part of its name. */
const OFFERED = 50;

/** How long somebody types before they are taken to be done, milliseconds. */
const TYPING_MS = 300;

/** As the API takes it. */
const LONGEST = 200;

interface WebhookChoiceProps {
  readonly chosen: string | undefined;
  readonly onChange: (id: string | undefined) => void;
}

/** One webhook of any kind, found by a part of its name or URL; or all. */
export function WebhookChoice({ chosen, onChange }: WebhookChoiceProps) {
  const { t } = useTranslation("log");
  const { workspace, hooklane } = useWorkspace();
  const { shown } = useWebhookName(chosen);
  const [typed, setTyped] = useState("");
  // The name of what is chosen stands in the field, and is nothing that was looked for.
  const looked = typed === shown ? "" : typed.trim().slice(0, LONGEST);
  const [search] = useDebouncedValue(looked, TYPING_MS);
  const { data: found = [] } = useQuery({
    queryKey: [workspace.id, "webhooks", "choice", search],
    queryFn: async () =>
      (await hooklane.webhooks.list({ limit: OFFERED, ...(search && { search }) }).page()).data,
    placeholderData: keepPreviousData,
  });
  const offered = found.map(({ id, name }) => ({ value: id, label: name }));
  // One that was deleted, or that is further down, can be chosen by the address all the same.
  const isOffered = chosen === undefined || found.some(({ id }) => id === chosen);
  return (
    <Select
      label={t("webhook")}
      placeholder={t("all")}
      maw={240}
      searchable
      clearable
      filter={({ options }) => options}
      nothingFoundMessage={t("noWebhookFound")}
      value={chosen ?? null}
      onChange={(id) => onChange(id ?? undefined)}
      searchValue={typed}
      onSearchChange={setTyped}
      data={isOffered ? offered : [{ value: chosen, label: shown ?? chosen }, ...offered]}
    />
  );
}
