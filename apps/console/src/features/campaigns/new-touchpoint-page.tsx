import type { Campaign, CreatedTouchpoint } from "@hooklane/client";
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { useCampaign } from "./campaign-queries.js";
import { TouchpointForm } from "./touchpoint-form.js";
import { newTouchpoint, toTouchpointBody } from "./touchpoint-form-values.js";
import { useTouchpointCalls } from "./touchpoint-queries.js";
import { useZonedClock } from "./use-zoned-clock.js";
import type { ZonedClock } from "./zoned-clock.js";

/** Adds a webhook to a campaign; then shows its secret, which nobody can show again. */
export function NewTouchpointPage() {
  const { id } = useParams({ from: "/campaigns/$id/touchpoints/new" });
  const campaign = useCampaign(id);
  const clock = useZonedClock();
  return (
    <Loaded query={campaign}>
      {(found) => (
        <Loaded query={clock}>{(known) => <NewTouchpoint campaign={found} clock={known} />}</Loaded>
      )}
    </Loaded>
  );
}

interface NewTouchpointProps {
  readonly campaign: Campaign;
  readonly clock: ZonedClock;
}

function NewTouchpoint({ campaign, clock }: NewTouchpointProps) {
  const { t } = useTranslation("touchpoints");
  const { create } = useTouchpointCalls();
  const navigate = useNavigate();
  const [made, setMade] = useState<CreatedTouchpoint>();
  const goBack = () => void navigate({ to: "/campaigns/$id", params: { id: campaign.id } });
  if (made?.secret !== undefined) {
    const { name, secret } = made;
    return (
      <>
        <PageTitle
          title={made.status === "draft" ? t("made_draft", { name }) : t("made_scheduled", { name })}
        />
        <SigningSecret secret={secret} onDone={goBack} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("newTitle", { name: campaign.name })} />
      <TouchpointForm
        campaignId={campaign.id}
        clock={clock}
        initial={newTouchpoint(campaign.audienceId)}
        isSaved={false}
        save={async (values) => setMade(await create(campaign.id, toTouchpointBody(values)))}
      >
        {({ isSaving, change }) => (
          <>
            <Button type="submit" loading={isSaving} onClick={() => change({ isDraft: false })}>
              {t("schedule")}
            </Button>
            <Button
              type="submit"
              variant="default"
              disabled={isSaving}
              onClick={() => change({ isDraft: true })}
            >
              {t("saveDraft")}
            </Button>
          </>
        )}
      </TouchpointForm>
    </>
  );
}
