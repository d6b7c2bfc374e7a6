import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PageTitle } from "../../components/page-title.js";
import { NEW_CAMPAIGN, toCampaignBody } from "./campaign-form-values.js";
import { CampaignForm } from "./campaign-form.js";
import { useCampaignCalls } from "./campaign-queries.js";

/** Makes a campaign, and goes on to it: it begins without touchpoints. */
export function NewCampaignPage() {
  const { t } = useTranslation("campaigns");
  const { create } = useCampaignCalls();
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title={t("newTitle")} />
      <CampaignForm
        initial={NEW_CAMPAIGN}
        submitLabel={t("create")}
        audienceHelp={t("audienceHelp")}
        save={async (values) => {
          const { id, name } = await create(toCampaignBody(values));
          notifications.show({ message: t("created", { name }) });
          await navigate({ to: "/campaigns/$id", params: { id } });
        }}
      />
    </>
  );
}
