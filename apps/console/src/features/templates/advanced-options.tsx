import { Fieldset, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEventTypes } from "../../api/event-types.js";
import type { CheckedForm } from "../../forms/checked-form.js";
import { type AdvancedValues, NO_ADVANCED } from "./advanced-values.js";
import { ExampleChoice } from "./example-choice.js";
import type { Example } from "./examples.js";
import { FilterEditor } from "./filter-editor.js";
import { SendingOptions } from "./sending-options.js";
import { SourceChoice } from "./source-choice.js";
import { TemplateEditor } from "./template-editor.js";

interface AdvancedOptionsProps {
  readonly form: CheckedForm<AdvancedValues>;
  readonly eventTypes: readonly string[];
  readonly isBatching: boolean;
}

const NAMES = [
  "filter",
  "sources",
  "audienceId",
  "contentType",
  "body",
  "headers",
  "auth",
  "rateLimitPerSecond",
  "batching",
] as const;

/** What most webhooks do without; open where one of it is set, or wrong. */
export function AdvancedOptions(props: AdvancedOptionsProps) {
  const { t } = useTranslation("templates");
  const { values, errorOf } = props.form;
  const [isOpen, setOpen] = useState(() => isAnySet(values));
  const isWrong = NAMES.some((name) => errorOf(name) !== undefined);
  return (
    <details open={isOpen || isWrong} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t("advanced")}</summary>
      {(isOpen || isWrong) && <Options {...props} />}
    </details>
  );
}

/** Limits of batching are set wherever there is batching. */
const { maxEvents: _maxEvents, maxWaitSeconds: _maxWaitSeconds, ...UNSET } = NO_ADVANCED;

const isAnySet = (values: AdvancedValues): boolean =>
  (Object.keys(UNSET) as (keyof typeof UNSET)[]).some(
    (name) => JSON.stringify(values[name]) !== JSON.stringify(UNSET[name]),
  );

function Options({ form, eventTypes, isBatching }: AdvancedOptionsProps) {
  const { t } = useTranslation("templates");
  const { data: all = [] } = useEventTypes();
  const [chosen, setChosen] = useState<Example>();
  const [first = all[0]?.type] = eventTypes;
  const example = chosen ?? (first === undefined ? undefined : { kind: "type", eventType: first });
  return (
    <Stack mt="md">
      <ExampleChoice
        eventTypes={eventTypes.length > 0 ? eventTypes : all.map(({ type }) => type)}
        example={example}
        onChange={setChosen}
      />
      <Fieldset legend={t("which")}>
        <Stack>
          <FilterEditor form={form} eventTypes={eventTypes} example={example} />
          <SourceChoice form={form} />
        </Stack>
      </Fieldset>
      <Fieldset legend={t("what")}>
        <TemplateEditor form={form} example={example} />
      </Fieldset>
      <Fieldset legend={t("how")}>
        <Stack>
          <SendingOptions form={form} isBatching={isBatching} />
        </Stack>
      </Fieldset>
    </Stack>
  );
}
