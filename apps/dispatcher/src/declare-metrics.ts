import { createTraceMetrics, type Metrics } from "@hooklane/service";
import { type GaugeSource, observe } from "./gauges.js";
import { createDispatcherMetrics } from "./metrics.js";

/**
 * All metrics of the service, without starting it: what `npm run generate:metrics` describes. A test of `test/ops` holds
 * what a running service answers against it. What gauges look at is left out: nobody collects them.
 */
export function declareMetrics(metrics: Metrics): void {
  observe(metrics, {} as GaugeSource);
  createDispatcherMetrics(metrics);
  createTraceMetrics(metrics);
}
