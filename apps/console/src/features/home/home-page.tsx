import type { WorkspaceStats } from "@hooklane/client";
import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { FailureReasons } from "../stats/failure-reasons.js";
import { RangeChoice } from "../stats/range-choice.js";
import { SeriesCharts } from "../stats/series-charts.js";
import { useWorkspaceStats } from "../stats/stats-queries.js";
import { ErrorQuota } from "../webhooks/error-quota.js";
import { DisabledWebhooks } from "./disabled-webhooks.js";
import { Panel } from "./panel.js";
import { QuotaErrors } from "./quota-errors.js";
import { Totals } from "./totals.js";
import { FailingWebhooks, LongQueues, SlowWebhooks } from "./webhook-lists.js";

/** The workspace at a glance; each thing leads to where it is told in full. */
export function HomePage() {
  const { t } = useTranslation("layout");
  const { range = "24h" } = useSearch({ from: "/" });
  const navigate = useNavigate({ from: "/" });
  const query = useWorkspaceStats(range);
  return (
    <Stack>
      <PageTitle title={t("home")}>
        <RangeChoice
          value={range}
          onChange={(chosen) => void navigate({ search: { range: chosen }, replace: true })}
        />
      </PageTitle>
      <Loaded query={query}>{(stats) => <Requests stats={stats} />}</Loaded>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel>
          <ErrorQuota />
          <QuotaErrors />
        </Panel>
        <DisabledWebhooks />
      </SimpleGrid>
    </Stack>
  );
}

function Requests({ stats }: { readonly stats: WorkspaceStats }) {
  const { t } = useTranslation("stats");
  const isEmpty = stats.total.delivered + stats.total.failed === 0;
  return (
    <Stack>
      {isEmpty ? (
        <Panel>
          <Text fw={600}>{t("empty")}</Text>
          <Text size="sm">{t("emptyHelp")}</Text>
        </Panel>
      ) : (
        <>
          <Totals total={stats.total} />
          <SeriesCharts series={stats} />
        </>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {!isEmpty && (
          <>
            <Panel>
              <FailureReasons reasons={stats.reasons} />
            </Panel>
            <FailingWebhooks webhooks={stats.webhooks.failing} />
            <SlowWebhooks webhooks={stats.webhooks.slowest} />
          </>
        )}
        <LongQueues queues={stats.queues} />
      </SimpleGrid>
    </Stack>
  );
}
