import { useId } from "react";
import { ChartFrame, type ChartSeries } from "./chart-frame.js";
import { HEIGHT, Plot, WIDTH } from "./plot.js";

/** Of a bucket's width; the rest parts it from the next. */
const BAR_SHARE = 0.7;

interface BarChartProps {
  readonly title: string;
  /** Stacked, the first below. */
  readonly series: readonly ChartSeries[];
  readonly times: readonly string[];
  readonly format: (value: number) => string;
}

/** How much there was in each bucket, by parts. */
export function BarChart(props: BarChartProps) {
  const { series, times } = props;
  const stripes = useId();
  const sums = times.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const highest = Math.max(1, ...sums);
  return (
    <ChartFrame {...props}>
      <Plot {...props} highest={highest}>
        <pattern id={stripes} width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" className="chart-stripe-ground" />
          <path d="M0 6L6 0M-1 1L1 -1M5 7L7 5" className="chart-stripe" />
        </pattern>
        {toBars(series, times.length, highest).map(({ key, look, ...place }) => (
          <rect
            key={key}
            {...place}
            {...(look === "plain" ? { className: "chart-bar" } : { fill: `url(#${stripes})` })}
          />
        ))}
      </Plot>
    </ChartFrame>
  );
}

/** The boxes of all parts of all buckets, in the plot's units. */
function toBars(series: readonly ChartSeries[], buckets: number, highest: number) {
  const step = WIDTH / Math.max(1, buckets);
  return Array.from({ length: buckets }, (_, index) => {
    let y = HEIGHT;
    return series.flatMap(({ key, look, values }) => {
      const height = ((values[index] ?? 0) / highest) * HEIGHT;
      if (height === 0) return [];
      y -= height;
      const x = (index + (1 - BAR_SHARE) / 2) * step;
      return [{ key: `${key}-${index}`, look, x, y, width: step * BAR_SHARE, height }];
    });
  }).flat();
}
