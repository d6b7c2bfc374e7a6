import type { Touchpoint } from "@hooklane/client";
import { Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useZonedTime } from "./zoned-time.js";
import { TouchpointProgress } from "./touchpoint-progress.js";
import { TouchpointStatus } from "./touchpoint-status.js";
import { TouchpointTarget } from "./touchpoint-target.js";

interface TouchpointTableProps {
  readonly touchpoints: readonly Touchpoint[];
  readonly timeZone: string;
}

/** A campaign's touchpoints, by the time they are due. */
export function TouchpointTable({ touchpoints, timeZone }: TouchpointTableProps) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const zonedTime = useZonedTime(timeZone);
  if (touchpoints.length === 0) return <NoTouchpoints />;
  const inOrder = [...touchpoints].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return (
    <Table.ScrollContainer minWidth={720} type="native">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("common:name")}</Table.Th>
            <Table.Th>{t("due")}</Table.Th>
            <Table.Th>{t("forWhom")}</Table.Th>
            <Table.Th>{t("common:status")}</Table.Th>
            <Table.Th>{t("contacts")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {inOrder.map((touchpoint) => (
            <Table.Tr key={touchpoint.id}>
              <Table.Td className="breaking">
                <LinkAnchor
                  to="/campaigns/$id/touchpoints/$touchpointId"
                  params={{ id: touchpoint.campaignId, touchpointId: touchpoint.id }}
                  fw={600}
                  size="sm"
                >
                  <bdi>{touchpoint.name}</bdi>
                </LinkAnchor>
              </Table.Td>
              <Table.Td>{zonedTime(touchpoint.dueAt)}</Table.Td>
              <Table.Td className="breaking">
                <TouchpointTarget touchpoint={touchpoint} />
              </Table.Td>
              <Table.Td>
                <TouchpointStatus status={touchpoint.status} />
              </Table.Td>
              <Table.Td miw={140}>
                <TouchpointProgress touchpoint={touchpoint} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function NoTouchpoints() {
  const { t } = useTranslation("touchpoints");
  return (
    <Stack py="lg" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text ta="center">{t("emptyHelp")}</Text>
    </Stack>
  );
}
