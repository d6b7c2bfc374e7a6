import { Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import { SOURCES, type AdvancedValues } from "./advanced-values.js";
import { ErrorPlace } from "./error-place.js";
import { type Example, useExampleEvent } from "./examples.js";
import { FilterVerdict } from "./filter-verdict.js";
import { parseFilterText } from "./parse-filter-text.js";

interface FilterEditorProps {
  readonly form: CheckedForm<AdvancedValues>;
  readonly eventTypes: readonly string[];
  readonly example: Example | undefined;
}

const PLACEHOLDER = '{ "data.order.total": { "$gte": 100 } }';

/** Conditions on the event, and what one event comes to with them (product.md W7); decided here, by the router's own code. */
export function FilterEditor({ form, eventTypes, example }: FilterEditorProps) {
  const { t } = useTranslation(["templates", "fields"]);
  const { values, change } = form;
  const typed = parseFilterText(values.filter);
  const [fault] = typed.kind === "wrong" ? typed.errors : [];
  const found = useExampleEvent(example);
  return (
    <Stack>
      <Textarea
        label={t("filter")}
        description={t("filterHelp")}
        placeholder={PLACEHOLDER}
        classNames={{ input: "code" }}
        autosize
        minRows={4}
        maxRows={24}
        spellCheck={false}
        value={values.filter}
        onChange={({ currentTarget }) => change({ filter: currentTarget.value })}
        // As one types: a filter is wrong until its last brace, and where it is wrong is what one looks for.
        error={fault ? t("fields:invalid_filter", { message: fault.message }) : form.errorOf("filter")}
      />
      {fault?.position && <ErrorPlace text={values.filter} {...fault.position} />}
      {typed.kind !== "wrong" && found && (
        <FilterVerdict
          event={found.event}
          type={found.type}
          wanted={{
            eventTypes,
            filter: typed.kind === "filter" ? typed.filter : undefined,
            sources: values.sources.length < SOURCES.length ? [...values.sources] : undefined,
            audienceId: values.audienceId.trim() === "" ? undefined : values.audienceId.trim(),
          }}
        />
      )}
    </Stack>
  );
}
