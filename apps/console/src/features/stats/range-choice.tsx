import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { STATS_RANGES, type StatsRange } from "./stats-range.js";

interface RangeChoiceProps {
  readonly value: StatsRange;
  readonly onChange: (range: StatsRange) => void;
}

/** How far back charts go. */
export function RangeChoice({ value, onChange }: RangeChoiceProps) {
  const { t } = useTranslation("stats");
  return (
    // At once: what is half-way between two colours is read badly.
    <SegmentedControl
      transitionDuration={0}
      aria-label={t("range")}
      value={value}
      onChange={(chosen) => onChange(STATS_RANGES.find((range) => range === chosen) ?? value)}
      data={STATS_RANGES.map((range) => ({ value: range, label: t(`range_${range}`) }))}
    />
  );
}
