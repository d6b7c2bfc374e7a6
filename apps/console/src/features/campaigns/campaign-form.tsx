import { Alert, Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/failure.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { useAudiences } from "./audience-queries.js";
import { AudienceSelect } from "./audience-select.js";
import { type CampaignFormValues, checkCampaign } from "./campaign-form-values.js";
import { useLeaveGuard } from "./leave-guard.js";

interface CampaignFormProps {
  readonly initial: CampaignFormValues;
  readonly submitLabel: string;
  readonly audienceHelp: string;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: CampaignFormValues) => Promise<void>;
}

/** The form of a campaign, new or not. */
export function CampaignForm({ initial, submitLabel, audienceHelp, save }: CampaignFormProps) {
  const { t } = useTranslation(["campaigns", "common"]);
  const { data: audiences } = useAudiences();
  const form = useCheckedForm({ initial, check: checkCampaign, save });
  const { values, change, errorOf, leave } = form;
  useLeaveGuard(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <TextInput
          label={t("campaignName")}
          value={values.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          onBlur={() => leave("name")}
          error={errorOf("name")}
          withAsterisk
        />
        {audiences?.length === 0 && <Alert color="orange">{t("noAudiences")}</Alert>}
        <AudienceSelect
          description={audienceHelp}
          value={values.audienceId}
          onChange={(audienceId) => change({ audienceId })}
          onBlur={() => leave("audienceId")}
          error={errorOf("audienceId")}
        />
        <Textarea
          label={t("goal")}
          description={t("goalHelp")}
          autosize
          minRows={2}
          value={values.goal}
          onChange={({ currentTarget }) => change({ goal: currentTarget.value })}
          onBlur={() => leave("goal")}
          error={errorOf("goal")}
        />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {submitLabel}
          </Button>
          <Button variant="default" component={Link} to="/campaigns">
            {t("common:cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
