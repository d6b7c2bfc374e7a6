import { createTraceMetrics, type Metrics } from "@hooklane/service";
import { addIngestGauges, createIngestMetrics, type IngestGauges } from "./ingest-metrics.js";

/**
 * All metrics of the service, without starting it: what `npm run generate:metrics` describes. A test of `test/ops` holds
 * what a running service answers against it. What gauges look at is left out: nobody collects them.
 */
export function declareMetrics(metrics: Metrics): void {
  createIngestMetrics(metrics);
  addIngestGauges(metrics, {} as IngestGauges);
  createTraceMetrics(metrics);
}
