import type { Metrics } from "@hooklane/service";
import { createRefusalCounter } from "./http/call-limit.js";
import { createRequestMetrics } from "./http/request-metrics.js";
import { createStreamMetrics } from "./stream/stream-metrics.js";
import { createTestMetrics } from "./test-events/create-test-runner.js";

/**
 * All metrics of the service, without starting it: what `npm run generate:metrics` describes. A test of `test/ops` holds
 * what a running service answers against it. What gauges look at is left out: nobody collects them.
 */
export function declareMetrics(metrics: Metrics): void {
  createRequestMetrics(metrics);
  createRefusalCounter(metrics);
  createStreamMetrics(metrics);
  createTestMetrics(metrics);
}
