import type { Campaign } from "@hooklane/client";
import { Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { Paged } from "../../components/paged.js";
import { useAudienceName } from "./audience-name.js";
import { useCampaigns } from "./campaign-queries.js";
import { CampaignStatus } from "./campaign-status.js";

/** All campaigns, with what each is at. */
export function CampaignList() {
  return (
    <Paged query={useCampaigns()} empty={<NoCampaigns />}>
      {(campaigns) => <CampaignTable campaigns={campaigns} />}
    </Paged>
  );
}

function NoCampaigns() {
  const { t } = useTranslation("campaigns");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text ta="center">{t("emptyHelp")}</Text>
    </Stack>
  );
}

function CampaignTable({ campaigns }: { readonly campaigns: readonly Campaign[] }) {
  const { t } = useTranslation(["campaigns", "common"]);
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("common:name")}</Table.Th>
            <Table.Th>{t("audience")}</Table.Th>
            <Table.Th>{t("common:status")}</Table.Th>
            <Table.Th>{t("touchpoints")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map((campaign) => (
            <CampaignRow key={campaign.id} campaign={campaign} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function CampaignRow({ campaign }: { readonly campaign: Campaign }) {
  const audienceName = useAudienceName();
  return (
    <Table.Tr>
      <Table.Td className="breaking">
        <LinkAnchor to="/campaigns/$id" params={{ id: campaign.id }} fw={600} size="sm">
          <bdi>{campaign.name}</bdi>
        </LinkAnchor>
        {campaign.goal !== undefined && (
          <Text size="sm" c="dimmed" lineClamp={1}>
            {campaign.goal}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="breaking">
        <bdi>{audienceName(campaign.audienceId)}</bdi>
      </Table.Td>
      <Table.Td>
        <CampaignStatus campaign={campaign} />
      </Table.Td>
      <Table.Td>
        <TouchpointTally campaign={campaign} />
      </Table.Td>
    </Table.Tr>
  );
}

/** As they follow each other. */
const STATUSES = ["draft", "scheduled", "running", "completed", "cancelled"] as const;

function TouchpointTally({ campaign: { touchpointStatuses } }: { readonly campaign: Campaign }) {
  const { t } = useTranslation("campaigns");
  const parts = STATUSES.filter((status) => touchpointStatuses[status] > 0).map((status) =>
    t(`tally_${status}`, { count: touchpointStatuses[status] }),
  );
  return <Text size="sm">{parts.length > 0 ? parts.join(", ") : "–"}</Text>;
}
