import mongoose from "mongoose";
import type { ServiceName } from "./service-catalogue.js";
import { type ServiceSettings, toEnvironment } from "./service-environment.js";
import type { ServiceProcess } from "./service-process.js";
import { type LeftServices, Services, stopInOrder } from "./services.js";
import { readStackEnvironment } from "./stack-environment.js";
import { startServices } from "./start-services.js";
import { dropTopics } from "./topics.js";

/** Names a run of tests, in each of its processes. */
const RUN_VARIABLE = "HOOKLANE_TEST_RUN";

/** How the prefixes of all kept services of this run begin. */
const toPrefix = (run: string) => `hlkept-${run.slice(0, 8)}-`;

/** What the test file before has left in this process. */
let left: LeftServices | undefined;

/**
 * Services for a test file of this process that is content with those of the file before: of these only what does not run,
 * or has other variables, is started again. Each file has workspaces and receivers of its own; the database, the topics
 * and the metrics of services have what files before have done.
 *
 * @throws Error when a service does not stop in order or does not come up
 */
export async function takeServices(settings: ServiceSettings = {}): Promise<Services> {
  const found = left;
  left = undefined;
  if (found !== undefined) return reuseServices(found, settings);
  return startServices({ ...settings, prefix: toPrefix(process.env[RUN_VARIABLE] ?? "") });
}

/**
 * Gives them to the next file, unless it could suffer from what this one has done with them.
 *
 * @param isSound false after a failed test
 */
export async function giveServices(services: Services, isSound: boolean): Promise<void> {
  if (isSound) left = await services.leave();
  else await services.stop();
}

/**
 * Deletes the topics, groups and databases of all kept services of the run. They themselves end with the processes that
 * used them, without a stop that could do it.
 */
export async function dropKeptServices(run: string): Promise<void> {
  const { brokers, mongodbUri } = readStackEnvironment();
  const prefix = toPrefix(run);
  await dropTopics(brokers, prefix);
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  try {
    const { databases } = await connection.listDatabases();
    const names = databases.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    for (const name of names) await connection.useDb(name).dropDatabase();
  } finally {
    await connection.close();
  }
}

async function reuseServices(
  { place, processes }: LeftServices,
  settings: ServiceSettings,
): Promise<Services> {
  const services = new Services(place, processes);
  try {
    const isOther = ([name, service]: readonly [ServiceName, ServiceProcess]) =>
      service.setEnvironment(toEnvironment(place, name, service.port, settings)) || !service.isRunning;
    const others = [...processes].filter(isOther);
    for (const service of processes.values()) {
      service.setNeeded(true);
      service.lines.length = 0;
    }
    await Promise.all(others.map(([, service]) => stopInOrder(service)));
    await services.start(others.map(([name]) => name));
    return services;
  } catch (error) {
    await services.stop().catch(() => undefined);
    throw error;
  }
}
