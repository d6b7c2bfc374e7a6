import type { Metrics } from "@hooklane/service";
import { createContactMetrics } from "./contact-events/contact-metrics.js";
import { createImportMetrics } from "./contact-imports/import-metrics.js";
import { createFigureMetrics, observeFigures } from "./figures/figure-metrics.js";
import { createHealthMetrics, observeResults, observeTrips } from "./health-metrics.js";

/**
 * All metrics of the service, without starting it: what `npm run generate:metrics` describes. A test of `test/ops` holds
 * what a running service answers against it. What gauges look at is left out: nobody collects them.
 */
export function declareMetrics(metrics: Metrics): void {
  createHealthMetrics(metrics);
  observeTrips(metrics, { overdue: 0 });
  observeResults(metrics, { lags: [] });
  createFigureMetrics(metrics);
  observeFigures(metrics, { ageSeconds: 0 });
  createContactMetrics(metrics);
  createImportMetrics(metrics);
}
