import { commonConfig, milliseconds, port, tracesConfig, wholeNumber } from "@hooklane/service";
import { z } from "zod";

export const configSchema = z.object({
  ...commonConfig,
  ...tracesConfig,
  EVENT_INGESTOR_PORT: port(4401),
  SCHEMA_REGISTRY_URL: z
    .union([z.literal("").transform(() => undefined), z.url({ protocol: /^https?$/ })])
    .optional()
    .meta({
      description: "base URL of a Confluent-compatible schema registry; without it, JSON only",
      secret: true,
    }),
  SCHEMA_REGISTRY_TIMEOUT_MS: milliseconds(500, 10),
  INGEST_BYTES_IN_FLIGHT_MAX: wholeNumber(64 * 1024 * 1024, { min: 6 * 1024 * 1024, max: 4 * 1024 ** 3 }),
  INGEST_ACKNOWLEDGE_LIMIT_MS: milliseconds(10_000, 100),
});

export type Config = z.output<typeof configSchema>;
