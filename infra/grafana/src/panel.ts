import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
  StackingConfigBuilder,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type Panel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as LineBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

/** Every panel asks the Prometheus that is chosen at the top of the dashboard. */
const DATASOURCE = { type: "prometheus", uid: "${datasource}" };

/** Units as Grafana names them. */
type Unit = "short" | "s" | "bytes" | "reqps" | "percentunit" | "none";

/** One query, and the name of each of its lines: `{{label}}` is filled in. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** What a panel shows. */
export interface PanelInput {
  readonly title: string;
  /** The question it answers; shown when one points at it. */
  readonly question: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From here on it is wrong, in the panel's unit: a red line, a red figure. */
  readonly redFrom?: number;
  /** Below this it is wrong. */
  readonly redBelow?: number;
}

/** Of the 24 columns of a dashboard. */
const LINE_COLUMNS = 8;
const FIGURE_COLUMNS = 4;

/** Lines over time; stacked when what they show adds up to something. */
export function lines(input: PanelInput & { readonly stacked?: boolean }): Builder<Panel> {
  const panel = new LineBuilder()
    .title(input.title)
    .description(input.question)
    .datasource(DATASOURCE)
    .unit(input.unit)
    .span(LINE_COLUMNS)
    .height(8)
    .min(0)
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(input.stacked ? 30 : 8)
    .showPoints(VisibilityMode.Never)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(input.queries.map(toTarget));
  if (input.stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
  if (input.redFrom !== undefined || input.redBelow !== undefined) {
    panel
      .thresholds(toThresholds(input))
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Line));
  }
  return panel;
}

/** The figure of now, large. */
export function figure(input: PanelInput): Builder<Panel> {
  return new StatBuilder()
    .title(input.title)
    .description(input.question)
    .datasource(DATASOURCE)
    .unit(input.unit)
    .span(FIGURE_COLUMNS)
    .height(4)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).fields("").values(false))
    .thresholds(toThresholds(input))
    .targets(input.queries.map(toTarget));
}

function toTarget({ expr, legend }: Query, index: number) {
  return new DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(String.fromCharCode("A".charCodeAt(0) + index))
    .expr(expr)
    .legendFormat(legend)
    .range();
}

function toThresholds({ redFrom, redBelow }: PanelInput) {
  const steps =
    redBelow !== undefined
      ? [
          { value: null, color: "red" },
          { value: redBelow, color: "green" },
        ]
      : [
          { value: null, color: "green" },
          ...(redFrom === undefined ? [] : [{ value: redFrom, color: "red" }]),
        ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

/** How much a counter grows a second, over the interval that fits what is shown; summed by these labels. */
export const rate = (counter: string, ...by: readonly string[]): string =>
  `sum${by.length > 0 ? ` by (${by.join(", ")})` : ""} (rate(${counter}[$__rate_interval]))`;

/** This share of the observations of a histogram, between 0 and 1, is below it. */
export const quantile = (histogram: string, share: number): string =>
  `histogram_quantile(${share}, sum by (le) (rate(${histogram}_bucket[$__rate_interval])))`;

/** Half, 95 and 99 of a hundred observations of a histogram are below these. */
export const quantiles = (histogram: string): readonly Query[] =>
  [0.5, 0.95, 0.99].map((share) => ({ expr: quantile(histogram, share), legend: `p${share * 100}` }));
