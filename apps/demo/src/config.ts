import {
  commonConfig,
  kafkaConfig,
  kafkaSecurity,
  type KafkaSecurityVariables,
  port,
} from "@hooklane/service";
import { z } from "zod";

const url = (what: string) =>
  z
    .url({ protocol: /^https?$/ })
    .transform((text) => text.replace(/\/+$/, ""))
    .optional()
    .meta({ description: what });

/** What `DEMO_MODE=full` needs beside the rest. */
const FULL_NEEDS = [
  "HOOKLANE_API_URL",
  "HOOKLANE_API_KEY",
  "HOOKLANE_WORKSPACE_ID",
  "KAFKA_BROKERS",
] as const;

/** The environment of the demo. */
export const demoConfig = z
  .object({
    DEMO_MODE: z
      .enum(["full", "mail-only"])
      .default("full")
      .meta({ description: "full, or mail-only for the mail catcher alone" }),
    DEMO_PORT: port(4410),
    DEMO_SMTP_PORT: port(4425),
    DEMO_STATE_FILE: z
      .string()
      .min(1)
      .default(".hooklane/demo-webhooks.json")
      .meta({ description: "where the webhooks' secrets are kept between starts" }),
    HOOKLANE_API_URL: url("the URL of the subscription-api"),
    HOOKLANE_API_KEY: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "a workspace key with the scopes read and write", secret: true }),
    HOOKLANE_INGEST_URL: url("the URL of the event-ingestor, shown on the page"),
    HOOKLANE_WORKSPACE_ID: z.string().min(1).optional().meta({ description: "ws_…" }),
    ...kafkaConfig,
    KAFKA_BROKERS: kafkaConfig.KAFKA_BROKERS.optional(),
    HOOKLANE_TOPIC_PREFIX: commonConfig.HOOKLANE_TOPIC_PREFIX,
    HOST: commonConfig.HOST,
    LOG_LEVEL: commonConfig.LOG_LEVEL,
  })
  .superRefine((config, context) => {
    if (config.DEMO_MODE !== "full") return;
    for (const name of FULL_NEEDS) {
      if (config[name] === undefined) {
        context.addIssue({ code: "custom", path: [name], message: "is needed unless DEMO_MODE=mail-only" });
      }
    }
  });

export type DemoConfig = z.output<typeof demoConfig>;

/** The part that only a full demo has. */
export interface FullDemoConfig {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly workspaceId: string;
  readonly brokers: readonly string[];
  readonly security: KafkaSecurityVariables;
}

/** @returns undefined for the mail catcher alone */
export function toFullDemoConfig(config: DemoConfig): FullDemoConfig | undefined {
  const { HOOKLANE_API_URL: apiUrl, HOOKLANE_API_KEY: apiKey, HOOKLANE_WORKSPACE_ID: workspaceId } = config;
  const brokers = config.KAFKA_BROKERS;
  if (config.DEMO_MODE !== "full" || !apiUrl || !apiKey || !workspaceId || !brokers) return undefined;
  return { apiUrl, apiKey, workspaceId, brokers, security: kafkaSecurity(config) };
}
