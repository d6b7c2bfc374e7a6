import { Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartSeries } from "./chart-frame.js";

/** Of the drawing, in its own units; it is stretched to the place there is. */
export const WIDTH = 600;
export const HEIGHT = 120;

interface PlotProps {
  readonly series: readonly ChartSeries[];
  readonly times: readonly string[];
  readonly format: (value: number) => string;
  /** The value at the upper edge. */
  readonly highest: number;
  /** Draws the series. */
  readonly children: ReactNode;
}

/** The field of a chart: what its edges mean, and what a bucket holds for who points at it. */
export function Plot({ series, times, format, highest, children }: PlotProps) {
  const { t } = useTranslation("stats");
  const step = WIDTH / Math.max(1, times.length);
  const tell = (index: number) =>
    series
      .map(({ label, values }) => {
        const value = values[index] ?? null;
        return `${label}: ${value === null ? t("none") : format(value)}`;
      })
      .join("\n");
  return (
    <div aria-hidden>
      <Text size="xs" c="dimmed">
        {format(highest)}
      </Text>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="chart-plot">
        <path d={`M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}`} className="chart-grid" />
        {children}
        <path d={`M0 ${HEIGHT}H${WIDTH}`} className="chart-base" />
        {times.map((time, index) => (
          <rect key={index} x={index * step} y={0} width={step} height={HEIGHT} className="chart-hover">
            <title>{`${time}\n${tell(index)}`}</title>
          </rect>
        ))}
      </svg>
      <Group justify="space-between">
        {[times[0], times.at(-1)].map((time, index) => (
          <Text key={index} size="xs" c="dimmed">
            {time}
          </Text>
        ))}
      </Group>
    </div>
  );
}
