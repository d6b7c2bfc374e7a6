import { Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Failure } from "../../components/failure.js";
import { useAskBeforeLeaving } from "../../forms/ask-before-leaving.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { AdvancedOptions } from "../templates/advanced-options.js";
import { EventTypeChoice } from "./event-type-choice.js";
import { SuccessStatus } from "./success-status.js";
import { checkWebhook, type WebhookFormValues } from "./webhook-form-values.js";

interface WebhookFormProps {
  readonly initial: WebhookFormValues;
  readonly submitLabel: string;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: WebhookFormValues) => Promise<void>;
}

/** The form of a webhook, new or not (console-flows.md F2). */
export function WebhookForm({ initial, submitLabel, save }: WebhookFormProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  const form = useCheckedForm({ initial, check: checkWebhook, save });
  const { values, change, errorOf, leave } = form;
  useAskBeforeLeaving(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <TextInput
          label={t("name")}
          value={values.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          onBlur={() => leave("name")}
          error={errorOf("name")}
          withAsterisk
        />
        <TextInput
          label={t("webhookUrl")}
          description={t("urlHelp")}
          type="url"
          inputMode="url"
          value={values.url}
          onChange={({ currentTarget }) => change({ url: currentTarget.value })}
          onBlur={() => leave("url")}
          error={errorOf("url")}
          withAsterisk
        />
        <EventTypeChoice
          chosen={values.eventTypes}
          onChange={(eventTypes) => change({ eventTypes })}
          error={errorOf("eventTypes")}
        />
        <Switch
          label={t("webhookStatus")}
          description={t("statusHelp")}
          checked={values.isActive}
          onChange={({ currentTarget }) => change({ isActive: currentTarget.checked })}
        />
        <Switch
          label={t("batching")}
          description={t("batchingHelp")}
          checked={values.isBatching}
          onChange={({ currentTarget }) => change({ isBatching: currentTarget.checked })}
          error={errorOf("batching")}
        />
        <SuccessStatus value={values.successStatus} onChange={(successStatus) => change({ successStatus })} />
        <AdvancedOptions form={form} eventTypes={values.eventTypes} isBatching={values.isBatching} />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {submitLabel}
          </Button>
          <Button variant="default" component={Link} to="/webhooks">
            {t("common:cancel")}
          </Button>
        </Group>
        <DeveloperDocumentation />
      </Stack>
    </form>
  );
}
