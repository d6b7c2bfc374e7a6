import { HooklaneError, type JourneyPoint } from "@hooklane/client";
import { Alert, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { toRequestPatch, toRequestValues } from "../request-builder/request-values.js";
import { TestWebhook } from "../webhooks/test-webhook.js";
import { useRefreshJourneys } from "./journey-queries.js";
import { updatePoint, usePoint } from "./point-calls.js";
import { PointForm } from "./point-form.js";

/** Changes a point; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditPointPage() {
  const path = useParams({ from: "/journeys/$id/points/$pointId" });
  const query = usePoint(path);
  return <Loaded query={query}>{(point) => <EditPoint latest={point} />}</Loaded>;
}

function EditPoint({ latest }: { readonly latest: JourneyPoint }) {
  const { t } = useTranslation(["journeys", "common"]);
  const { hooklane, canWrite } = useWorkspace();
  const refresh = useRefreshJourneys();
  const navigate = useNavigate();
  // What the form began with: a point that changes under it does not change what is typed.
  const [before, setBefore] = useState(latest);
  const [hasMoved, setMoved] = useState(false);
  return (
    <>
      <PageTitle title={t("editPoint", { name: before.name })}>
        {canWrite && <TestWebhook webhook={before} />}
      </PageTitle>
      {hasMoved && (
        <Alert color="orange" mb="md" role="alert">
          {t("common:changedMeanwhile")}{" "}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setBefore(latest);
              setMoved(false);
            }}
          >
            {t("common:saveOver")}
          </Button>
        </Alert>
      )}
      <PointForm
        journeyId={before.journeyId}
        initial={toRequestValues(before)}
        isSaved
        save={async (values) => {
          try {
            const { name } = await updatePoint(hooklane, before, toRequestPatch(before, values));
            notifications.show({ message: t("pointSaved", { name }) });
          } catch (error) {
            if (error instanceof HooklaneError && error.code === "precondition_failed") {
              setMoved(true);
              await refresh();
            }
            throw error;
          }
          await refresh();
          await navigate({ to: "/journeys/$id", params: { id: before.journeyId } });
        }}
      />
    </>
  );
}
