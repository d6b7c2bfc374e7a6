import { createTraceMetrics, type Metrics } from "@hooklane/service";
import { addRouterGauges, createRouterMetrics, type RouterGauges } from "./router-metrics.js";

/**
 * All metrics of the service, without starting it: what `npm run generate:metrics` describes. A test of `test/ops` holds
 * what a running service answers against it. What gauges look at is left out: nobody collects them.
 */
export function declareMetrics(metrics: Metrics): void {
  createRouterMetrics(metrics);
  addRouterGauges(metrics, {} as RouterGauges);
  createTraceMetrics(metrics);
}
