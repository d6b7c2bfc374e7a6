import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type { Counter, Gauge, Histogram } from "prom-client";

/** What a metric is called and labelled by. Labels have few values: never ids (style.md §8). */
export interface MetricOptions<Label extends string> {
  /** Without the prefix `hooklane_`; with its unit last (`_seconds`, `_bytes`, `_total`). */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

/** The metrics of one process: a registry of its own, and makers of `hooklane_…` metrics in it. */
export interface Metrics {
  readonly registry: Registry;
  /** `collect` for what counts by itself and is read when somebody asks. */
  counter<Label extends string = never>(
    options: MetricOptions<Label> & { readonly collect?: (this: Counter<Label>) => void | Promise<void> },
  ): Counter<Label>;
  gauge<Label extends string = never>(
    options: MetricOptions<Label> & { readonly collect?: (this: Gauge<Label>) => void | Promise<void> },
  ): Gauge<Label>;
  /** `buckets` in the unit the name ends in. */
  histogram<Label extends string = never>(
    options: MetricOptions<Label> & { readonly buckets: readonly number[] },
  ): Histogram<Label>;
}

/** Buckets for latencies from 1 ms to the longest request (5 s) and beyond, seconds. */
export const latencyBucketsSeconds: readonly number[] = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300,
];

/**
 * @param service label `service` on every metric
 * @param options `processMetrics: false` leaves out CPU, memory, garbage collection and event-loop delay (tests)
 */
export function createMetrics(service: string, options: { readonly processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (options.processMetrics !== false) collectDefaultMetrics({ register: registry });
  const common = <Label extends string>({ name, help, labels }: MetricOptions<Label>) => ({
    name: `hooklane_${name}`,
    help,
    labelNames: labels ?? [],
    registers: [registry],
  });
  return {
    registry,
    counter: (metric) =>
      new Counter({ ...common(metric), ...(metric.collect ? { collect: metric.collect } : {}) }),
    gauge: (metric) =>
      new Gauge({ ...common(metric), ...(metric.collect ? { collect: metric.collect } : {}) }),
    histogram: (metric) => new Histogram({ ...common(metric), buckets: [...metric.buckets] }),
  };
}
