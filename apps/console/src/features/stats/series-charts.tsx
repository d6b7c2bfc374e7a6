import { Paper, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../components/charts/bar-chart.js";
import { LineChart } from "../../components/charts/line-chart.js";
import { useFormat } from "../../components/format.js";
import type { Series } from "./stats-queries.js";

/** How requests went over time: how many, how many of them succeeded, how long they took. */
export function SeriesCharts({ series }: { readonly series: Series }) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  const { buckets, range } = series;
  const times = buckets.map(({ at }) => format.shortTime(at, range === "7d"));
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }}>
      <Paper withBorder p="sm">
        <BarChart
          title={t("requests")}
          times={times}
          format={format.number}
          series={[
            {
              key: "delivered",
              label: t("delivered"),
              look: "plain",
              values: buckets.map(({ delivered }) => delivered),
            },
            {
              key: "failed",
              label: t("failed"),
              look: "striped",
              values: buckets.map(({ failed }) => failed),
            },
          ]}
        />
      </Paper>
      <Paper withBorder p="sm">
        <LineChart
          title={t("successRate")}
          times={times}
          format={format.percent}
          highest={1}
          series={[
            {
              key: "rate",
              label: t("successRate"),
              look: "plain",
              values: buckets.map(({ successRate }) => successRate),
            },
          ]}
        />
      </Paper>
      <Paper withBorder p="sm">
        <LineChart
          title={t("latency")}
          times={times}
          format={format.milliseconds}
          series={[
            { key: "p50", label: t("median"), look: "dashed", values: buckets.map(({ p50Ms }) => p50Ms) },
            { key: "p95", label: t("p95"), look: "plain", values: buckets.map(({ p95Ms }) => p95Ms) },
          ]}
        />
      </Paper>
    </SimpleGrid>
  );
}
