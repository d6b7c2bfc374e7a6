import { ChartFrame, type ChartSeries } from "./chart-frame.js";
import { HEIGHT, Plot, WIDTH } from "./plot.js";

interface LineChartProps {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly times: readonly string[];
  readonly format: (value: number) => string;
  /** The value at the upper edge; default: the highest there is. */
  readonly highest?: number;
}

/** How something went from bucket to bucket; where there is nothing to tell the line ends. */
export function LineChart({ highest: given, ...props }: LineChartProps) {
  const { series, times } = props;
  const highest = given ?? Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return (
    <ChartFrame {...props}>
      <Plot {...props} highest={highest}>
        {series.map(({ key, look, values }) => (
          <path key={key} d={toPath(values, times.length, highest)} className={`chart-line-${look}`} />
        ))}
      </Plot>
    </ChartFrame>
  );
}

/** One that stands alone is drawn as a short stroke. */
function toPath(values: readonly (number | null)[], buckets: number, highest: number): string {
  const step = WIDTH / Math.max(1, buckets);
  return values
    .map((value, index) => {
      if (value === null) return "";
      const [x, y] = [(index + 0.5) * step, HEIGHT - (value / highest) * HEIGHT];
      const before = values[index - 1] ?? null;
      return before === null ? `M${x - step / 4} ${y}H${x + step / 4}M${x} ${y}` : `L${x} ${y}`;
    })
    .join("");
}
