import type { CreatedJourneyPoint } from "@hooklane/client";
import { Alert } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { PageTitle } from "../../components/page-title.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { NEW_REQUEST, toRequestBody } from "../request-builder/request-values.js";
import { useRefreshJourneys } from "./journey-queries.js";
import { createPoint, placePoint } from "./point-calls.js";
import { PointForm } from "./point-form.js";

interface Made {
  readonly point: CreatedJourneyPoint;
  readonly isPlaced: boolean;
}

/** Makes a point and puts it where the `+` was; then shows its secret, which nobody can show again. */
export function NewPointPage() {
  const { t } = useTranslation("journeys");
  const { id } = useParams({ from: "/journeys/$id/points/new" });
  const place = useSearch({ from: "/journeys/$id/points/new" });
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  const navigate = useNavigate();
  const [made, setMade] = useState<Made>();
  const goOn = () => void navigate({ to: "/journeys/$id", params: { id } });
  if (made) {
    return (
      <>
        <PageTitle title={t("pointAdded", { name: made.point.name })} />
        {!made.isPlaced && (
          <Alert color="orange" role="alert" mb="md">
            {t("notPlaced")}
          </Alert>
        )}
        <SigningSecret secret={made.point.secret ?? ""} onDone={goOn} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("newPoint")} />
      <PointForm
        journeyId={id}
        initial={NEW_REQUEST}
        isSaved={false}
        save={async (values) => {
          const point = await createPoint(hooklane, id, toRequestBody(values));
          // The point is there from here on: what fails now is no reason to make another one.
          const isPlaced = await placePoint(hooklane, { id, pointId: point.id }, place).then(
            () => true,
            () => false,
          );
          setMade({ point, isPlaced });
          await refresh();
        }}
      />
    </>
  );
}
