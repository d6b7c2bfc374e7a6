import { join } from "node:path";
import { dispatcherPorts } from "./ports.mjs";
import { demoWebhooksFile, root } from "./paths.mjs";

/**
 * The services of a local start: name, address and environment of each. The demo is not among them, as it needs a
 * workspace first (see {@link planDemo}).
 */
export function planServices(context) {
  const { ports, dispatchers } = context.options;
  // For those that write or use what is sealed; the event-ingestor never sees them.
  const keys = { HOOKLANE_SECRETS_KEYS: context.secretsKeys };
  // For links in answers and mails.
  const links = { CONSOLE_URL: context.env.CONSOLE_URL ?? `http://127.0.0.1:${ports.api}` };
  return [
    plan(context, "subscription-api", ports.api, "SUBSCRIPTION_API_PORT", {
      OPERATOR_KEY: context.operatorKey,
      ...keys,
      ...links,
    }),
    plan(context, "event-ingestor", ports.ingest, "EVENT_INGESTOR_PORT"),
    plan(context, "router", ports.router, "ROUTER_PORT", keys),
    ...dispatcherPorts(ports, dispatchers).map((port, index) => ({
      ...plan(context, "dispatcher", port, "DISPATCHER_PORT", keys),
      name: index === 0 ? "dispatcher" : `dispatcher-${index + 1}`,
    })),
    plan(context, "health-monitor", ports.health, "HEALTH_MONITOR_PORT", {
      ...keys,
      SMTP_URL: context.env.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
      MAIL_FROM: context.env.MAIL_FROM ?? "Hooklane <hooklane@localhost>",
      ...links,
    }),
  ];
}

/**
 * The demo app. With the demo off it still catches the mails of the health-monitor, which would have nowhere else to go
 * on a machine of its own.
 */
export function planDemo(context, workspace, urls) {
  const { ports, demo } = context.options;
  return plan(context, "demo", ports.receiver, "DEMO_PORT", {
    DEMO_SMTP_PORT: String(ports.smtp),
    DEMO_MODE: demo ? "full" : "mail-only",
    DEMO_STATE_FILE: demoWebhooksFile,
    HOOKLANE_API_URL: urls.api,
    HOOKLANE_INGEST_URL: urls.ingest,
    HOOKLANE_WORKSPACE_ID: workspace.workspaceId,
    HOOKLANE_API_KEY: workspace.apiKey,
  });
}

function plan({ env, stack, options }, app, port, portVariable, own = {}) {
  const registry = stack.registryUrl === undefined ? {} : { SCHEMA_REGISTRY_URL: stack.registryUrl };
  return {
    name: app,
    entry: join(root, "apps", app, "dist", "main.js"),
    port,
    readyUrl: `http://127.0.0.1:${port}/readyz`,
    env: {
      NODE_ENV: "production",
      ...env,
      KAFKA_BROKERS: stack.kafkaBrokers,
      MONGODB_URI: stack.mongodbUri,
      ...registry,
      HOOKLANE_DESTINATION_ALLOW: options.destinationAllow,
      [portVariable]: String(port),
      ...own,
    },
  };
}
