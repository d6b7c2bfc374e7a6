import type { Campaign } from "@hooklane/client";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { toCampaignPatch, toCampaignValues } from "./campaign-form-values.js";
import { CampaignForm } from "./campaign-form.js";
import { useCampaign, useCampaignCalls } from "./campaign-queries.js";
import { ChangedMeanwhile } from "./changed-meanwhile.js";
import { useEdited } from "./use-edited.js";

/** Changes a campaign; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditCampaignPage() {
  const { id } = useParams({ from: "/campaigns/$id/edit" });
  const query = useCampaign(id);
  return <Loaded query={query}>{(campaign) => <EditCampaign latest={campaign} />}</Loaded>;
}

function EditCampaign({ latest }: { readonly latest: Campaign }) {
  const { t } = useTranslation(["campaigns", "common"]);
  const { update } = useCampaignCalls();
  const navigate = useNavigate();
  const { before, hasMoved, saveOver, notingMoves } = useEdited(latest);
  return (
    <>
      <PageTitle title={t("editTitle", { name: before.name })} />
      {hasMoved && <ChangedMeanwhile onSaveOver={saveOver} />}
      <CampaignForm
        initial={toCampaignValues(latest)}
        submitLabel={t("common:save")}
        audienceHelp={t("audienceChangeHelp")}
        save={async (values) => {
          const { id, name } = await notingMoves(() => update(before, toCampaignPatch(before, values)));
          notifications.show({ message: t("saved", { name }) });
          await navigate({ to: "/campaigns/$id", params: { id } });
        }}
      />
    </>
  );
}
