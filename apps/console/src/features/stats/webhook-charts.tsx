import { Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "../../components/loaded.js";
import { FailureReasons } from "./failure-reasons.js";
import { RangeChoice } from "./range-choice.js";
import { SeriesCharts } from "./series-charts.js";
import { useWebhookSeries } from "./stats-queries.js";
import type { StatsRange } from "./stats-range.js";

/** A webhook's requests over time. */
export function WebhookCharts({ webhookId }: { readonly webhookId: string }) {
  const { t } = useTranslation("stats");
  const [range, setRange] = useState<StatsRange>("24h");
  const query = useWebhookSeries(webhookId, range);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t("requests")}
        </Title>
        <RangeChoice value={range} onChange={setRange} />
      </Group>
      <Loaded query={query}>
        {(series) =>
          series.total.delivered + series.total.failed === 0 ? (
            <Text>{t("empty")}</Text>
          ) : (
            <>
              <SeriesCharts series={series} />
              {series.reasons.length > 0 && <FailureReasons reasons={series.reasons} webhookId={webhookId} />}
            </>
          )
        }
      </Loaded>
    </Stack>
  );
}
