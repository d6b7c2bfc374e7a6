import { listVariables, type ConfigSchema, type Variable } from "@hooklane/service";
import { dispatcherConfig } from "../../../apps/dispatcher/src/config.js";
import { configSchema as eventIngestorConfig } from "../../../apps/event-ingestor/src/config.js";
import { healthMonitorConfig } from "../../../apps/health-monitor/src/config.js";
import { configSchema as routerConfig } from "../../../apps/router/src/config.js";
import { subscriptionApiConfig } from "../../../apps/subscription-api/src/config.js";

/** A service as its configuration says, for the chart to be held against. */
export interface ServiceFacts {
  /** Its key in the chart's values. */
  readonly key: string;
  readonly component: string;
  readonly schema: ConfigSchema;
  readonly variables: readonly Variable[];
  /** Where it listens by itself. */
  readonly port: number;
}

function facts(key: string, component: string, schema: ConfigSchema): ServiceFacts {
  const variables = listVariables(schema);
  const port = variables.find(({ name }) => name.endsWith("_PORT"))?.defaultValue as number;
  return { key, component, schema, variables, port };
}

export const SERVICES: readonly ServiceFacts[] = [
  facts("subscriptionApi", "subscription-api", subscriptionApiConfig),
  facts("eventIngestor", "event-ingestor", eventIngestorConfig),
  facts("router", "router", routerConfig),
  facts("dispatcher", "dispatcher", dispatcherConfig),
  facts("healthMonitor", "health-monitor", healthMonitorConfig),
];
