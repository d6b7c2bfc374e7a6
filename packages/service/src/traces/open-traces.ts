import { createTraceMetrics } from "./trace-metrics.js";
import { passedTraces, type Traces } from "./traces.js";
import type { TracesConfig } from "./traces-config.js";
import type { TracesOptions } from "./traces-options.js";

/**
 * The traces of a service as configured.
 *
 * @returns undefined where tracing is off: nothing of it is loaded then
 */
export async function openTraces(options: TracesOptions): Promise<Traces | undefined> {
  const { TRACES, OTEL_SDK_DISABLED } = options.config;
  const counted = createTraceMetrics(options.metrics);
  if (TRACES === "off") return undefined;
  // As OpenTelemetry has it: without the SDK nothing is recorded, and what others record goes on.
  if (TRACES === "pass" || OTEL_SDK_DISABLED) return passedTraces;
  const { openRecordedTraces } = await import("./recorded-traces.js");
  return openRecordedTraces({ ...options, ...counted });
}

/** Whether a configuration has what {@link openTraces} needs: not every service traces. */
export const hasTracesConfig = (config: object): config is TracesConfig => "TRACES" in config;
