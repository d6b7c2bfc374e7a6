import { Button, Fieldset, NumberInput, Radio, Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { PatchWorkspace } from "@hooklane/client";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Failure } from "../../components/failure.js";
import { useAskBeforeLeaving } from "../../forms/ask-before-leaving.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { ContactRows } from "./contact-rows.js";
import { checkSettings, type SettingsValues } from "./settings-values.js";

const POLICIES = ["worst", "contributors", "last", "all"] as const satisfies readonly NonNullable<
  PatchWorkspace["disablePolicy"]
>[];

const RETENTION_DAYS_MAX = 365;

/** As the browser knows them; the API knows the same names. */
const TIME_ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

interface SettingsFormProps {
  readonly initial: SettingsValues;
  /** Resolves once it is saved. */
  readonly save: (values: SettingsValues) => Promise<void>;
}

export function SettingsForm({ initial, save }: SettingsFormProps) {
  const { t } = useTranslation(["settings", "common"]);
  const { canWrite } = useWorkspace();
  const form = useCheckedForm({ initial, check: checkSettings, save });
  const { values, change, errorOf, leave } = form;
  useAskBeforeLeaving(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Fieldset variant="unstyled" mx={0} disabled={!canWrite}>
        <Stack maw={720}>
          <TextInput
            label={t("name")}
            value={values.name}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            onBlur={() => leave("name")}
            error={errorOf("name")}
            withAsterisk
          />
          <Select
            label={t("timeZone")}
            description={t("timeZoneHelp")}
            data={withOwn(initial.timeZone)}
            value={values.timeZone}
            onChange={(timeZone) => change({ timeZone: timeZone ?? values.timeZone })}
            error={errorOf("timeZone")}
            allowDeselect={false}
            searchable
          />
          <ContactRows form={form} />
          <Radio.Group
            label={t("disablePolicy")}
            description={t("disablePolicyHelp")}
            value={values.disablePolicy}
            onChange={(disablePolicy) => change({ disablePolicy })}
          >
            <Stack gap="xs" mt="xs">
              {POLICIES.map((policy) => (
                <Radio
                  key={policy}
                  value={policy}
                  label={t(`policy_${policy}`)}
                  description={t(`policyHelp_${policy}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <NumberInput
            label={t("retentionDays")}
            description={t("retentionDaysHelp")}
            value={values.retentionDays}
            onChange={(retentionDays) => change({ retentionDays })}
            onBlur={() => leave("retentionDays")}
            error={errorOf("retentionDays")}
            min={1}
            max={RETENTION_DAYS_MAX}
            clampBehavior="none"
            allowDecimal={false}
            maw={240}
          />
          <Textarea
            label={t("redact")}
            description={t("redactHelp")}
            value={values.redact}
            onChange={({ currentTarget }) => change({ redact: currentTarget.value })}
            onBlur={() => leave("redact")}
            error={errorOf("redact")}
            classNames={{ input: "code" }}
            autosize
            minRows={2}
          />
          <TextInput
            label={t("operationalUrl")}
            description={t("operationalUrlHelp")}
            type="url"
            inputMode="url"
            value={values.operationalUrl}
            onChange={({ currentTarget }) => change({ operationalUrl: currentTarget.value })}
            onBlur={() => leave("operationalWebhook")}
            error={errorOf("operationalWebhook")}
          />
          {form.failure !== undefined && <Failure error={form.failure} />}
          {canWrite && (
            <Button type="submit" loading={form.isSaving} disabled={!form.isChanged} mr="auto">
              {t("common:save")}
            </Button>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}

/** A zone the browser does not list is shown all the same. */
const withOwn = (own: string): readonly string[] =>
  TIME_ZONES.includes(own) ? TIME_ZONES : [own, ...TIME_ZONES];
