import { NativeSelect, Stack, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import { type AdvancedValues, isTyped } from "./advanced-values.js";
import type { Example } from "./examples.js";
import { NamedRows } from "./named-rows.js";
import { TemplatePreview } from "./template-preview.js";
import { usePreview } from "./use-preview.js";

const CONTENT_TYPES = [
  { value: "application/json", label: "JSON" },
  { value: "multipart/form-data", label: "FormData (multipart/form-data)" },
  { value: "application/x-www-form-urlencoded", label: "application/x-www-form-urlencoded" },
] as const;

interface TemplateEditorProps {
  readonly form: CheckedForm<AdvancedValues>;
  readonly example: Example | undefined;
}

/** What is sent instead of the event, and what that comes to (product.md D12). */
export function TemplateEditor({ form, example }: TemplateEditorProps) {
  const { t } = useTranslation("templates");
  const { values, change, errorOf, leave } = form;
  const preview = usePreview(values, example);
  const isJson = values.contentType === "application/json";
  return (
    <Stack>
      <NativeSelect
        label={t("contentType")}
        value={values.contentType}
        onChange={({ currentTarget }) => {
          const chosen = CONTENT_TYPES.find(({ value }) => value === currentTarget.value);
          if (chosen) change({ contentType: chosen.value });
        }}
        error={errorOf("contentType")}
        data={[...CONTENT_TYPES]}
      />
      {isJson ? (
        <Textarea
          label={t("dataToSend")}
          description={t("templateHelp")}
          placeholder={'{ "email": "{{ data.contact.email }}" }'}
          classNames={{ input: "code" }}
          autosize
          minRows={4}
          maxRows={24}
          spellCheck={false}
          value={values.template}
          onChange={({ currentTarget }) => change({ template: currentTarget.value })}
          onBlur={() => leave("body")}
          error={errorOf("body") ?? preview.faults.length > 0}
        />
      ) : (
        <FormFields form={form} />
      )}
      <TemplatePreview values={values} preview={preview} />
    </Stack>
  );
}

function FormFields({
  form: { values, change, errorOf, leave },
}: {
  readonly form: CheckedForm<AdvancedValues>;
}) {
  const { t } = useTranslation("templates");
  /** Rows nothing was typed into are not sent, so the API counts without them. */
  const pathOf = (index: number) => `body.${values.fields.slice(0, index).filter(isTyped).length}`;
  const errorOfRow = (index: number) => ({
    name: errorOf(`${pathOf(index)}.name`),
    value: errorOf(`${pathOf(index)}.value`),
  });
  const isOfRow = values.fields.some((_row, index) => {
    const { name, value } = errorOfRow(index);
    return (name ?? value) !== undefined;
  });
  return (
    <NamedRows
      label={t("dataToSend")}
      description={t("fieldsHelp")}
      addLabel={t("addField")}
      rows={values.fields}
      onChange={(fields) => change({ fields })}
      errorOf={errorOfRow}
      error={isOfRow ? undefined : errorOf("body")}
      onLeave={(index, part) => leave(`${pathOf(index)}.${part}`)}
    />
  );
}
