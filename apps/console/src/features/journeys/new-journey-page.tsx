import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { dataOf } from "../../api/data-of.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { PageTitle } from "../../components/page-title.js";
import { JourneyNameForm } from "./journey-name-form.js";
import { useRefreshJourneys } from "./journey-queries.js";

/** Makes a journey, a draft; then its map is drawn. */
export function NewJourneyPage() {
  const { t } = useTranslation("journeys");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  const navigate = useNavigate();
  return (
    <>
      <PageTitle title={t("create")} />
      <JourneyNameForm
        initial=""
        submitLabel={t("create")}
        save={async (name) => {
          const { id } = await dataOf(hooklane.api.POST("/v1/journeys", { body: { name } }));
          await refresh();
          await navigate({ to: "/journeys/$id", params: { id } });
        }}
        onCancel={() => void navigate({ to: "/journeys" })}
      />
    </>
  );
}
