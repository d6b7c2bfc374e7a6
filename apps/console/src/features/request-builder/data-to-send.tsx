import { Group, Stack, Textarea } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { InsertPlaceholder } from "./insert-placeholder.js";
import { PairRows } from "./pair-rows.js";
import type { RequestForm } from "./request-form.js";
import type { Pair } from "./request-values.js";

interface DataToSendProps {
  readonly form: RequestForm;
  readonly placeholders: readonly [string, ...string[]];
}

/** What the request says: a template of JSON, or fields of a form. Liquid, which the API checks as it is saved. */
export function DataToSend({ form, placeholders }: DataToSendProps) {
  return form.values.contentType === "application/json" ? (
    <JsonToSend form={form} placeholders={placeholders} />
  ) : (
    <FieldsToSend form={form} placeholders={placeholders} />
  );
}

function JsonToSend({ form: { values, change, errorOf, leave }, placeholders }: DataToSendProps) {
  const { t } = useTranslation("requestBuilder");
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <Stack gap="xs">
      <Textarea
        ref={area}
        label={t("dataToSend")}
        description={t("jsonHelp", { placeholder: toPlaceholder(placeholders[0]) })}
        placeholder={`{ "email": "${toPlaceholder(placeholders[0])}" }`}
        classNames={{ input: "code" }}
        autosize
        minRows={6}
        maxRows={24}
        spellCheck={false}
        value={values.json}
        onChange={({ currentTarget }) => change({ json: currentTarget.value })}
        onBlur={() => leave("body")}
        error={errorOf("body")}
      />
      <Group>
        <InsertPlaceholder
          label={t("insert")}
          placeholders={placeholders}
          onInsert={(name) =>
            insertAt(area.current, values.json, toPlaceholder(name), (json) => change({ json }))
          }
        />
      </Group>
    </Stack>
  );
}

function FieldsToSend({ form, placeholders }: DataToSendProps) {
  const { t } = useTranslation("requestBuilder");
  const { values, change, errorOf } = form;
  const around = useRef<HTMLDivElement>(null);
  const setValue = (index: number, value: string) =>
    change({ fields: values.fields.map((field, at): Pair => (at === index ? { ...field, value } : field)) });
  return (
    <div ref={around}>
      <PairRows
        legend={t("dataToSend")}
        help={t("fieldsHelp", { placeholder: toPlaceholder(placeholders[0]) })}
        rows={values.fields}
        labels={{ row: "field", add: "addField", remove: "removeField" }}
        path="fieldRows"
        error={errorOf("body")}
        form={form}
        onChange={(fields) => change({ fields })}
        valueTool={(index) => (
          <InsertPlaceholder
            isSmall
            label={t("insertInto", { number: index + 1 })}
            placeholders={placeholders}
            onInsert={(name) =>
              insertAt(
                around.current?.querySelector<HTMLInputElement>(`input[data-value-of="${index}"]`),
                values.fields[index]?.value ?? "",
                toPlaceholder(name),
                (value) => setValue(index, value),
              )
            }
          />
        )}
      />
    </div>
  );
}

const toPlaceholder = (name: string): string => `{{ ${name} }}`;

/** Puts a text where the cursor is, in place of what is marked, and the cursor behind it. */
function insertAt(
  field: HTMLInputElement | HTMLTextAreaElement | null | undefined,
  value: string,
  text: string,
  change: (value: string) => void,
): void {
  const from = field?.selectionStart ?? value.length;
  const to = field?.selectionEnd ?? from;
  change(value.slice(0, from) + text + value.slice(to));
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(from + text.length, from + text.length);
  });
}
