import type { Journey, JourneyPoint } from "@hooklane/client";
import { Alert, Stack, Text } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { ArrivalExample } from "./arrival-example.js";
import { JourneyActions } from "./journey-actions.js";
import { toMap } from "./journey-map.js";
import { JourneyMapView } from "./journey-map-view.js";
import { JourneyPlanNotice, usePointAccess } from "./journey-plan-notice.js";
import { useJourney } from "./journey-queries.js";
import { JourneyStatus } from "./journey-status.js";
import { SwitchJourney } from "./switch-journey.js";
import { UnplacedPoints } from "./unplaced-points.js";

/** A journey: its map, and what switches it on and off (console-flows.md F3). */
export function JourneyPage() {
  const { id } = useParams({ from: "/journeys/$id" });
  const query = useJourney(id);
  return <Loaded query={query}>{(found) => <JourneyFound {...found} />}</Loaded>;
}

interface JourneyFoundProps {
  readonly journey: Journey;
  readonly points: readonly JourneyPoint[];
}

function JourneyFound({ journey, points }: JourneyFoundProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const { canWrite } = useWorkspace();
  const canAdd = usePointAccess() !== "none" && canWrite;
  const map = toMap(journey.steps, points);
  return (
    <Stack>
      <PageTitle title={journey.name}>
        <JourneyStatus status={journey.status} />
        {canWrite && (
          <>
            <SwitchJourney journey={journey} />
            <JourneyActions journey={journey} />
          </>
        )}
      </PageTitle>
      {!canWrite && <Text>{t("common:readOnly")}</Text>}
      <JourneyPlanNotice />
      <StatusHelp journey={journey} hasPoints={points.length > 0} />
      <JourneyMapView
        paths={map.paths}
        journey={journey}
        points={new Map(points.map((point) => [point.id, point]))}
        canAdd={canAdd}
      />
      <UnplacedPoints journey={journey} points={map.unplaced} />
      {points.length > 0 && <ArrivalExample journeyId={journey.id} points={points} />}
      <DeveloperDocumentation />
    </Stack>
  );
}

/** What is still to do before anything is sent. */
function StatusHelp({
  journey: { status },
  hasPoints,
}: {
  readonly journey: Journey;
  readonly hasPoints: boolean;
}) {
  const { t } = useTranslation("journeys");
  if (status === "active" && hasPoints) return null;
  const help = hasPoints ? (status === "draft" ? "draftHelp" : "pausedHelp") : "noPointsHelp";
  return (
    <Alert variant="light" color="gray">
      {t(help)}
    </Alert>
  );
}
