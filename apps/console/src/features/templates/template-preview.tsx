import type { FieldError } from "@hooklane/client";
import { Alert, Code, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/failure.js";
import { useFormat } from "../../components/format.js";
import { type AdvancedValues, isTyped } from "./advanced-values.js";
import { ErrorPlace } from "./error-place.js";
import type { usePreview } from "./use-preview.js";

interface TemplatePreviewProps {
  readonly values: AdvancedValues;
  readonly preview: ReturnType<typeof usePreview>;
}

/** The request's body as the receiver would get it, or what is wrong with the template and where. */
export function TemplatePreview({ values, preview }: TemplatePreviewProps) {
  const { t } = useTranslation("templates");
  const format = useFormat();
  const { data, error, faults } = preview;
  const [fault] = faults;
  return (
    <Stack gap="xs" role="region" aria-label={t("preview")}>
      <Text size="sm" fw={500}>
        {t("preview")}
      </Text>
      {fault && <TemplateFault fault={fault} text={textOf(values, fault.path)} />}
      {error && !fault && <Failure error={error} />}
      {!error && data && "error" in data && <RenderFault values={values} error={data.error} />}
      {!error && data && !("error" in data) && (
        <>
          <Text size="xs" c="dimmed" className="breaking">
            {t("previewAbout", { contentType: data.contentType, bytes: format.number(data.bytes) })}
          </Text>
          <Code block tabIndex={0} className="wrapping">
            {data.body}
          </Code>
        </>
      )}
    </Stack>
  );
}

/** Of no template at all: nothing can be made with any event. */
function TemplateFault({ fault, text }: { readonly fault: FieldError; readonly text: string }) {
  const { t } = useTranslation("templates");
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("noTemplate")}>
      <Text size="sm" className="breaking">
        {fault.message}
      </Text>
      {fault.position && <ErrorPlace text={text} {...fault.position} />}
    </Alert>
  );
}

interface RenderError {
  readonly message: string;
  readonly field?: string;
  readonly of: "template" | "rendered";
  readonly line?: number;
  readonly column?: number;
  readonly rendered?: string;
}

/** Of this event: it would be given up at once. */
function RenderFault({ values, error }: { readonly values: AdvancedValues; readonly error: RenderError }) {
  const { t } = useTranslation("templates");
  const { message, field, of, line, column, rendered } = error;
  const template = values.fields.find(({ name }) => name === field)?.value ?? values.template;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("failsOnEvent")}>
      <Text size="sm" className="breaking">
        {message}
      </Text>
      {line !== undefined && column !== undefined && (
        <ErrorPlace text={of === "rendered" ? (rendered ?? "") : template} line={line} column={column} />
      )}
    </Alert>
  );
}

/** The template a path is about: rows nothing was typed into are not sent. */
function textOf({ template, fields }: AdvancedValues, path: string): string {
  const index = /^body\.(\d+)\./.exec(path)?.[1];
  return index === undefined ? template : (fields.filter(isTyped)[Number(index)]?.value ?? "");
}
