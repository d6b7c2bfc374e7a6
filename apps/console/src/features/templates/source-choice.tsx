import { Checkbox, Group, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import { type AdvancedValues, SOURCES } from "./advanced-values.js";

/** Whose doing, and about which audience: what narrows events beside their content (product.md W3). */
export function SourceChoice({ form }: { readonly form: CheckedForm<AdvancedValues> }) {
  const { t } = useTranslation("templates");
  const { values, change, errorOf, leave } = form;
  return (
    <>
      <Checkbox.Group
        label={t("sources")}
        description={t("sourcesHelp")}
        value={[...values.sources]}
        onChange={(chosen) => change({ sources: SOURCES.filter((source) => chosen.includes(source)) })}
        error={values.sources.length === 0 ? t("noSource") : errorOf("sources")}
      >
        <Group mt="xs">
          {SOURCES.map((source) => (
            <Checkbox key={source} value={source} label={t(`source_${source}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <TextInput
        label={t("audience")}
        description={t("audienceHelp")}
        value={values.audienceId}
        onChange={({ currentTarget }) => change({ audienceId: currentTarget.value })}
        onBlur={() => leave("audienceId")}
        error={errorOf("audienceId")}
      />
    </>
  );
}
