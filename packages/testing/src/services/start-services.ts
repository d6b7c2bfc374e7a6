import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.js";
import type { ServicesPlace } from "./running-services.js";
import { SERVICE_NAMES, type ServiceName } from "./service-catalogue.js";
import { type ServiceSettings, toEnvironment } from "./service-environment.js";
import { ServiceProcess } from "./service-process.js";
import { Services } from "./services.js";
import { readStackEnvironment, type StackEnvironment } from "./stack-environment.js";
import { createTopics } from "./topics.js";

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** What {@link startServices} starts. */
export interface ServicesOptions extends ServiceSettings {
  /** How their prefix begins (default `hltest-`). */
  readonly prefix?: string;
  /** Default: all five. */
  readonly names?: readonly ServiceName[];
  /** Node options by service, such as `--cpu-prof`. */
  readonly nodeOptions?: Partial<Readonly<Record<ServiceName, readonly string[]>>>;
  /** Given every line a service prints, with its name. */
  readonly onLine?: (line: string) => void;
  /** Default: read from this process's environment. */
  readonly stack?: StackEnvironment;
  /** The repository whose build is run: another release's. Default: this one. */
  readonly repository?: string;
  /** Called once their topics are there, before any of them starts: puts into topics and database what they are to find. */
  readonly beforeStart?: (place: ServicesPlace) => Promise<void>;
}

/**
 * Runs the built services (`apps/<name>/dist/main.js`) as processes of their own on free ports, with topics, consumer
 * groups and a database nobody else uses, and resolves when every `/readyz` answers 200.
 *
 * @throws Error with the last log lines of the service that did not come up; nothing is left running then
 */
export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const stack = options.stack ?? readStackEnvironment();
  const prefix = `${options.prefix ?? "hltest-"}${randomBytes(5).toString("hex")}`;
  await createTopics(stack.brokers, prefix);
  const operatorKey = `hl_operator_${randomBytes(18).toString("hex")}`;
  const place = { stack, prefix, operatorKey };
  const processes = new Map<ServiceName, ServiceProcess>();
  for (const name of options.names ?? SERVICE_NAMES) {
    const port = await freePort();
    processes.set(
      name,
      new ServiceProcess({
        name,
        port,
        cwd: options.repository ?? REPOSITORY,
        args: [...(options.nodeOptions?.[name] ?? []), `apps/${name}/dist/main.js`],
        env: toEnvironment(place, name, port, options),
        ...(options.onLine && { onLine: options.onLine }),
      }),
    );
  }
  const services = new Services(place, processes);
  try {
    await options.beforeStart?.(place);
    await services.start([...processes.keys()]);
  } catch (error) {
    await services.stop().catch(() => undefined);
    throw error;
  }
  return services;
}
