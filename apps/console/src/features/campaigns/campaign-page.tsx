import type { Campaign } from "@hooklane/client";
import { Group, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { AddTouchpoint } from "./add-touchpoint.js";
import { useAudienceName } from "./audience-name.js";
import { CampaignActions } from "./campaign-actions.js";
import { useCampaign } from "./campaign-queries.js";
import type { CalendarSearch } from "./campaign-search.js";
import { CampaignStatus } from "./campaign-status.js";
import { monthOf } from "./month.js";
import { TouchpointCalendar } from "./touchpoint-calendar.js";
import { useTouchpoints } from "./touchpoint-queries.js";
import { TouchpointTable } from "./touchpoint-table.js";
import { useZonedClock } from "./use-zoned-clock.js";

/** A campaign: its touchpoints, and when they are due (console-flows.md F4). */
export function CampaignPage() {
  const { id } = useParams({ from: "/campaigns/$id" });
  const query = useCampaign(id);
  return <Loaded query={query}>{(campaign) => <CampaignFound campaign={campaign} />}</Loaded>;
}

function CampaignFound({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation(["campaigns", "common"]);
  const { canWrite } = useWorkspace();
  const audienceName = useAudienceName();
  return (
    <Stack>
      <PageTitle title={campaign.name}>
        <CampaignStatus campaign={campaign} />
        {canWrite && (
          <>
            <AddTouchpoint campaignId={campaign.id} />
            <CampaignActions campaign={campaign} />
          </>
        )}
      </PageTitle>
      {!canWrite && <Text>{t("common:readOnly")}</Text>}
      <Group gap="xs" align="baseline">
        <Text c="dimmed">{t("audience")}</Text>
        <Text className="breaking">
          <bdi>{audienceName(campaign.audienceId)}</bdi>
        </Text>
      </Group>
      {campaign.goal !== undefined && <Text className="breaking">{campaign.goal}</Text>}
      <CampaignTouchpoints campaignId={campaign.id} />
      <DeveloperDocumentation />
    </Stack>
  );
}

function CampaignTouchpoints({ campaignId }: { readonly campaignId: string }) {
  const { t } = useTranslation("campaigns");
  const touchpoints = useTouchpoints(campaignId);
  const clock = useZonedClock();
  const { month }: CalendarSearch = useSearch({ from: "/campaigns/$id" });
  const navigate = useNavigate({ from: "/campaigns/$id" });
  return (
    <Loaded query={clock}>
      {(known) => (
        <Loaded query={touchpoints}>
          {(all) => (
            <>
              <Title order={2} size="h4">
                {t("touchpoints")}
              </Title>
              <TouchpointTable touchpoints={all} timeZone={known.timeZone} />
              <Title order={2} size="h4" mt="md">
                {t("calendar")}
              </Title>
              <TouchpointCalendar
                clock={known}
                month={month ?? monthOf(known.show(new Date()).date)}
                onMonth={(next) =>
                  void navigate({ search: { month: next }, replace: true, resetScroll: false })
                }
                entries={all.map((touchpoint) => ({ ...touchpoint, touchpointId: touchpoint.id }))}
              />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
