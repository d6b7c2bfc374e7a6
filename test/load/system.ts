import { join } from "node:path";
import { SERVICE_NAMES, startServices, type ServiceName, type Services } from "@hooklane/testing";
import type { Destinations } from "./destinations.js";
import { LOAD_EVENT_TYPE } from "./event.js";
import type { BenchStack } from "./stack.js";

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

/** @param profileDir where `--cpu-prof` of the services named in `profile` writes */
export async function startSystem(
  stack: BenchStack,
  destinations: Destinations,
  profile: readonly string[],
  profileDir: string,
): Promise<System> {
  const profiled = SERVICE_NAMES.filter((name) => profile.includes(name));
  const services = await startServices({
    stack: { brokers: stack.brokers, mongodbUri: stack.mongodbUri, schemaRegistryUrl: undefined },
    env: { LOG_LEVEL: "warn" },
    nodeOptions: Object.fromEntries(
      profiled.map((name) => [name, ["--cpu-prof", "--cpu-prof-dir", join(profileDir, name)]]),
    ),
  });
  const workspaceIds: string[] = [];
  const apiKeys: string[] = [];
  try {
    for (let n = 0; n < destinations.addresses.length; n++) {
      const workspace = await services.createWorkspace({ name: `Load ${n}` });
      await workspace.createWebhook({
        name: `Load ${n}`,
        url: destinations.url(n),
        eventTypes: [LOAD_EVENT_TYPE],
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
    pids: () => ({
      ...Object.fromEntries(SERVICE_NAMES.map((name: ServiceName) => [name, services.service(name).pid])),
      ...stack.pids,
      receiver: destinations.pid,
    }),
    close: () => services.stop(),
  };
}

const SYSTEM: readonly string[] = [...SERVICE_NAMES, "kafka", "mongodb"];

/** Services and both stores together; driver and receiver are no part of the system. */
export function sumOfSystem(byProcess: Readonly<Record<string, number>>): number {
  return SYSTEM.reduce((sum, name) => sum + (byProcess[name] ?? 0), 0);
}
