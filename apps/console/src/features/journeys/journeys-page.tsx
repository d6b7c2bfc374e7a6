import type { Journey } from "@hooklane/client";
import { Button, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { Paged } from "../../components/paged.js";
import { PageTitle } from "../../components/page-title.js";
import { JourneyPlanNotice } from "./journey-plan-notice.js";
import { useJourneys } from "./journey-queries.js";
import { JourneyStatus } from "./journey-status.js";

/** Automations → All journeys (console-flows.md F3). */
export function JourneysPage() {
  const { t } = useTranslation(["journeys", "common"]);
  const query = useJourneys();
  const { canWrite } = useWorkspace();
  return (
    <>
      <PageTitle title={t("allJourneys")}>
        {canWrite && (
          <Button renderRoot={(props) => <Link to="/journeys/new" {...props} />}>{t("create")}</Button>
        )}
      </PageTitle>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <JourneyPlanNotice />
      <Paged query={query} empty={<NoJourneys />}>
        {(journeys) => <JourneyTable journeys={journeys} />}
      </Paged>
      <DeveloperDocumentation />
    </>
  );
}

function NoJourneys() {
  const { t } = useTranslation("journeys");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text ta="center">{t("emptyHelp")}</Text>
    </Stack>
  );
}

function JourneyTable({ journeys }: { readonly journeys: readonly Journey[] }) {
  const { t } = useTranslation(["journeys", "common"]);
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("common:name")}</Table.Th>
            <Table.Th>{t("common:status")}</Table.Th>
            <Table.Th>{t("points")}</Table.Th>
            <Table.Th>{t("changed")}</Table.Th>
            <Table.Th>{t("common:action")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {journeys.map((journey) => (
            <JourneyRow key={journey.id} journey={journey} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function JourneyRow({ journey: { id, name, status, pointCount, updatedAt } }: { readonly journey: Journey }) {
  const { t } = useTranslation("journeys");
  const { canWrite } = useWorkspace();
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Td className="breaking">
        <LinkAnchor to="/journeys/$id" params={{ id }} fw={600} fz="sm">
          <bdi>{name}</bdi>
        </LinkAnchor>
      </Table.Td>
      <Table.Td>
        <JourneyStatus status={status} />
      </Table.Td>
      <Table.Td>{format.number(pointCount)}</Table.Td>
      <Table.Td>{format.dateTime(updatedAt)}</Table.Td>
      <Table.Td>
        {canWrite && status === "draft" && (
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link to="/journeys/$id" params={{ id }} {...props} />}
          >
            {t("finishSetup")}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
