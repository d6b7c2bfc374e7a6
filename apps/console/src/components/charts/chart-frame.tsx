import { Group, Table, Text, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

/** One line of values of a chart: its mark tells it from the others without colour. */
export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  /** Of each bucket; null where there is nothing to tell. */
  readonly values: readonly (number | null)[];
  /** How the chart and its legend draw it. */
  readonly look: "plain" | "striped" | "dashed";
}

interface ChartFrameProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  /** What each bucket is called. */
  readonly times: readonly string[];
  readonly format: (value: number) => string;
  /** The drawing: for eyes alone. */
  readonly children: ReactNode;
}

/** A chart with its name and legend; who does not see it is read a table of the same figures. */
export function ChartFrame({ title, series, times, format, children }: ChartFrameProps) {
  const id = useId();
  return (
    <figure className="chart" aria-labelledby={id}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text id={id} component="figcaption" size="sm" fw={600}>
          {title}
        </Text>
        <Group gap="sm" aria-hidden>
          {series.map(({ key, label, look }) => (
            <Group key={key} gap={6} wrap="nowrap">
              <svg width="22" height="10" className="chart-key">
                <path d="M0 5H22" className={`chart-key-${look}`} />
              </svg>
              <Text size="xs">{label}</Text>
            </Group>
          ))}
        </Group>
      </Group>
      {children}
      <ChartTable title={title} series={series} times={times} format={format} />
    </figure>
  );
}

function ChartTable({ title, series, times, format }: Omit<ChartFrameProps, "children">) {
  const { t } = useTranslation("stats");
  return (
    <VisuallyHidden>
      <Table>
        <caption>{title}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("time")}</Table.Th>
            {series.map(({ key, label }) => (
              <Table.Th key={key} scope="col">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {times.map((time, index) => (
            <Table.Tr key={index}>
              <Table.Th scope="row">{time}</Table.Th>
              {series.map(({ key, values }) => {
                const value = values[index] ?? null;
                return <Table.Td key={key}>{value === null ? t("none") : format(value)}</Table.Td>;
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </VisuallyHidden>
  );
}
