import { z } from "zod";
import { onOff } from "../config/on-off.js";

const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** One trace in a hundred where nobody says otherwise: at 4,000 events/s still forty in a second to look at. */
const RATIO_DEFAULT = 0.01;

/**
 * Variables of the services an event goes through: spread into the service's own schema. The other `OTEL_…` variables of
 * the exporter and of the resource are read by OpenTelemetry itself (docs/operations.md).
 */
export const tracesConfig = {
  TRACES: z.enum(["off", "pass", "otlp"]).default("off").meta({
    description:
      "off; pass: the trace a producer names goes with its event and into logs, nothing is recorded; otlp: spans are recorded and sent to a collector",
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: "base URL of the collector's OTLP/HTTP receiver, by default http://localhost:4318",
    }),
  OTEL_TRACES_SAMPLER: z
    .enum(SAMPLERS)
    .default("parentbased_traceidratio")
    .meta({
      description: `one of ${SAMPLERS.join(", ")}; parentbased: a producer's own decision counts`,
    }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(RATIO_DEFAULT)
    .meta({ description: "the share of traces that is recorded with traceidratio, 0 to 1" }),
  OTEL_SDK_DISABLED: onOff(false),
} as const;

/** What {@link tracesConfig} reads. */
export type TracesConfig = z.output<z.ZodObject<typeof tracesConfig>>;

/** How a root is sampled, and whether a parent's decision counts. */
export type SamplerName = TracesConfig["OTEL_TRACES_SAMPLER"];
