import type { Touchpoint } from "@hooklane/client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { ChangedMeanwhile } from "./changed-meanwhile.js";
import { TouchpointForm } from "./touchpoint-form.js";
import { toTouchpointPatch, toTouchpointValues } from "./touchpoint-form-values.js";
import { useTouchpoint, useTouchpointCalls } from "./touchpoint-queries.js";
import { useEdited } from "./use-edited.js";
import { useZonedClock } from "./use-zoned-clock.js";
import type { ZonedClock } from "./zoned-clock.js";

/** Changes a touchpoint before it is due; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditTouchpointPage() {
  const { id, touchpointId } = useParams({ from: "/campaigns/$id/touchpoints/$touchpointId/edit" });
  const touchpoint = useTouchpoint(id, touchpointId);
  const clock = useZonedClock();
  return (
    <Loaded query={touchpoint}>
      {(found) => <Loaded query={clock}>{(known) => <EditTouchpoint latest={found} clock={known} />}</Loaded>}
    </Loaded>
  );
}

interface EditTouchpointProps {
  readonly latest: Touchpoint;
  readonly clock: ZonedClock;
}

function EditTouchpoint({ latest, clock }: EditTouchpointProps) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const { update } = useTouchpointCalls();
  const navigate = useNavigate();
  const { before, hasMoved, saveOver, notingMoves } = useEdited(latest);
  return (
    <>
      <PageTitle title={t("editTitle", { name: before.name })} />
      {hasMoved && <ChangedMeanwhile onSaveOver={saveOver} />}
      <TouchpointForm
        campaignId={before.campaignId}
        clock={clock}
        initial={toTouchpointValues(latest, clock)}
        isSaved
        save={async (values) => {
          const saved = await notingMoves(() => update(before, toTouchpointPatch(before, values, clock)));
          notifications.show({ message: t("saved", { name: saved.name }) });
          await navigate({
            to: "/campaigns/$id/touchpoints/$touchpointId",
            params: { id: saved.campaignId, touchpointId: saved.id },
          });
        }}
      >
        {({ isSaving }) => (
          <Button type="submit" loading={isSaving}>
            {t("common:save")}
          </Button>
        )}
      </TouchpointForm>
    </>
  );
}
