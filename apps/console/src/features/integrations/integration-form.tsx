import { Button, Group, Stack, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Failure } from "../../components/failure.js";
import { useAskBeforeLeaving } from "../../forms/ask-before-leaving.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { PresetChoice } from "../webhooks/preset-choice.js";
import { SuccessStatus } from "../webhooks/success-status.js";
import { checkIntegration, type IntegrationValues } from "./integration-values.js";

interface IntegrationFormProps {
  readonly initial: IntegrationValues;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: IntegrationValues) => Promise<void>;
}

/** The form of a webhook of the workspace integration, new or not (console-flows.md F6). */
export function IntegrationForm({ initial, save }: IntegrationFormProps) {
  const { t } = useTranslation(["integrations", "common", "webhooks"]);
  const form = useCheckedForm({ initial, check: checkIntegration, save });
  const { values, change, errorOf, leave } = form;
  useAskBeforeLeaving(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <TextInput
          label={t("endpointUrl")}
          description={t("webhooks:urlHelp")}
          type="url"
          inputMode="url"
          value={values.url}
          onChange={({ currentTarget }) => change({ url: currentTarget.value })}
          onBlur={() => leave("url")}
          error={errorOf("url")}
          withAsterisk
        />
        <PresetChoice
          preset="messaging"
          label={t("webhookEvent")}
          chosen={values.eventTypes}
          onChange={(eventTypes) => change({ eventTypes })}
          error={errorOf("eventTypes")}
        />
        <SuccessStatus value={values.successStatus} onChange={(successStatus) => change({ successStatus })} />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {t("common:save")}
          </Button>
          <Button variant="default" component={Link} to="/settings/integrations/webhooks">
            {t("common:cancel")}
          </Button>
        </Group>
        <DeveloperDocumentation />
      </Stack>
    </form>
  );
}
