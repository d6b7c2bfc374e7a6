import { createMetrics, type MetricOptions, type Metrics } from "./metrics.js";

/** A metric as documents, dashboards and alerts know it. */
export interface MetricDescription {
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  /** Beside `service`, which every sample has. */
  readonly labels: readonly string[];
  /** The question it answers, and what to know about the answer. */
  readonly help: string;
}

/** What is made with the metrics that `declare` is given, in that order; nothing is started and nothing collected. */
export function describeMetrics(declare: (metrics: Metrics) => void): readonly MetricDescription[] {
  const descriptions: MetricDescription[] = [];
  const real = createMetrics("described", { processMetrics: false });
  const note = (type: MetricDescription["type"], { name, labels = [], help }: MetricOptions<string>) =>
    descriptions.push({ name: `hooklane_${name}`, type, labels, help });
  declare({
    registry: real.registry,
    counter: (options) => {
      note("counter", options);
      return real.counter(options);
    },
    gauge: (options) => {
      note("gauge", options);
      return real.gauge(options);
    },
    histogram: (options) => {
      note("histogram", options);
      return real.histogram(options);
    },
  });
  return descriptions;
}
