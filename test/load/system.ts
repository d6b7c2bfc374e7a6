import { join } from "node:path";
import {
  SERVICE_NAMES,
  startServices,
  type ServiceName,
  type Services,
  type WebhookInput,
} from "@hooklane/testing";
import type { BenchContext } from "./context.js";
import { LOAD_EVENT_TYPE } from "./event.js";

/** The five services as processes, configured with one workspace and one webhook for each destination. */
export interface System {
  readonly services: Services;
  /** Workspace id by endpoint number: the record key on Kafka. */
  readonly workspaceIds: readonly string[];
  /** API key by endpoint number. */
  readonly apiKeys: readonly string[];
  /** Every process that is measured, by name; a service that does not run has none. */
  pids(): Record<string, number | undefined>;
  close(): Promise<void>;
}

/** How our own system differs from its defaults. */
export interface SystemSettings {
  /** Variables for every service. */
  readonly env?: Readonly<Record<string, string>>;
  readonly batching?: WebhookInput["batching"];
}

export async function startSystem(context: BenchContext, settings: SystemSettings = {}): Promise<System> {
  const { destinations } = context;
  const services = await startBenchServices(context, settings);
  const workspaceIds: string[] = [];
  const apiKeys: string[] = [];
  try {
    for (let n = 0; n < destinations.addresses.length; n++) {
      const workspace = await services.createWorkspace({ name: `Load ${n}` });
      await workspace.createWebhook({
        name: `Load ${n}`,
        url: destinations.url(n),
        eventTypes: [LOAD_EVENT_TYPE],
        ...(settings.batching === undefined ? {} : { batching: settings.batching }),
      });
      workspaceIds.push(workspace.id);
      apiKeys.push(workspace.apiKey);
    }
  } catch (error) {
    await services.stop().catch(() => undefined);
    throw error;
  }
  return {
    services,
    workspaceIds,
    apiKeys,
    pids: () => ({ ...pidsOf(context, services, SERVICE_NAMES), receiver: destinations.pid }),
    close: () => services.stop(),
  };
}

/** The services alone, without workspaces; by default all five. */
export function startBenchServices(
  { stack, options, scratchDir }: BenchContext,
  {
    env,
    names = SERVICE_NAMES,
  }: Pick<SystemSettings, "env"> & { readonly names?: readonly ServiceName[] } = {},
): Promise<Services> {
  const profiled = names.filter((name) => options.profile.includes(name));
  return startServices({
    names,
    stack: { brokers: stack.brokers, mongodbUri: stack.mongodbUri, schemaRegistryUrl: undefined },
    env: {
      LOG_LEVEL: "warn",
      DISPATCHER_RETRY_WAITS_S: options.retryWaits.join(","),
      ...traceVariables(process.env),
      ...env,
    },
    nodeOptions: Object.fromEntries(
      profiled.map((name) => [name, ["--cpu-prof", "--cpu-prof-dir", join(scratchDir, name)]]),
    ),
  });
}

/** What traces cost is measured by setting their variables around any scenario (docs/traces.md). */
function traceVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.entries(env).filter(([name]) => /^(?:TRACES$|TRACES_|OTEL_)/.test(name));
  return Object.fromEntries(given.map(([name, value = ""]) => [name, value]));
}

/** The processes of these services and of the stores, by name; a service that does not run has none. */
export function pidsOf(
  { stack }: BenchContext,
  services: Services,
  names: readonly ServiceName[],
): Record<string, number | undefined> {
  return { ...Object.fromEntries(names.map((name) => [name, services.service(name).pid])), ...stack.pids };
}

/** What runs beside the system. */
const BESIDE: readonly string[] = ["receiver", "driver"];

/** Services and both stores together, or all processes of a target; driver and receiver are no part of the system. */
export function sumOfSystem(byProcess: Readonly<Record<string, number>>): number {
  return Object.entries(byProcess).reduce(
    (sum, [name, value]) => sum + (BESIDE.includes(name) ? 0 : value),
    0,
  );
}
