import type { WorkspaceStats } from "@hooklane/client";
import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";

/** The whole period in four figures. */
export function Totals({ total }: Pick<WorkspaceStats, "total">) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  const orNone = (value: number | null, show: (value: number) => string) =>
    value === null ? t("none") : show(value);
  const figures = [
    { label: t("requests"), value: format.number(total.delivered + total.failed) },
    { label: t("successRate"), value: orNone(total.successRate, format.percent) },
    { label: t("latencyP95"), value: orNone(total.p95Ms, format.milliseconds) },
    { label: t("deadLetters"), value: format.number(total.deadLetters) },
  ];
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }}>
      {figures.map(({ label, value }) => (
        <Paper key={label} withBorder p="sm">
          <Text size="sm" c="dimmed">
            {label}
          </Text>
          <Text size="xl" fw={700}>
            {value}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
