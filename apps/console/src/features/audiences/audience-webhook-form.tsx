import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Failure } from "../../components/failure.js";
import { useAskBeforeLeaving } from "../../forms/ask-before-leaving.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { PresetChoice } from "../webhooks/preset-choice.js";
import { type AudienceWebhookValues, checkAudienceWebhook, SOURCES } from "./audience-webhook-values.js";

interface AudienceWebhookFormProps {
  readonly audienceId: string;
  readonly initial: AudienceWebhookValues;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: AudienceWebhookValues) => Promise<void>;
}

/** The form of an audience's webhook, new or not (console-flows.md F5). */
export function AudienceWebhookForm({ audienceId, initial, save }: AudienceWebhookFormProps) {
  const { t } = useTranslation(["audiences", "common", "webhooks"]);
  const form = useCheckedForm({ initial, check: checkAudienceWebhook, save });
  const { values, change, errorOf, leave } = form;
  useAskBeforeLeaving(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <TextInput
          label={t("callbackUrl")}
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
          preset="audience"
          label={t("actions")}
          chosen={values.eventTypes}
          onChange={(eventTypes) => change({ eventTypes })}
          error={errorOf("eventTypes")}
        />
        <Checkbox.Group
          label={t("sources")}
          description={t("sourcesHelp")}
          value={[...values.sources]}
          onChange={(sources) => {
            change({ sources });
            leave("sources");
          }}
          error={errorOf("sources")}
          withAsterisk
        >
          <Stack gap="xs" mt="xs">
            {SOURCES.map((source) => (
              <Checkbox
                key={source}
                value={source}
                label={t(`source_${source}`)}
                aria-invalid={errorOf("sources") !== undefined}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {t("common:save")}
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/audience/$id/webhooks" params={{ id: audienceId }} {...props} />
            )}
          >
            {t("common:cancel")}
          </Button>
        </Group>
        <DeveloperDocumentation />
      </Stack>
    </form>
  );
}
