import { freePort } from "../free-port.js";
import { RunningServices, type ServicesPlace } from "./running-services.js";
import { PORT_VARIABLES, type ServiceName } from "./service-catalogue.js";
import type { ServiceProcess } from "./service-process.js";
import { dropTopics } from "./topics.js";

/** Running services that nobody uses. */
export interface LeftServices {
  readonly place: ServicesPlace;
  readonly processes: ReadonlyMap<ServiceName, ServiceProcess>;
}

/** Services of a test's own, which it may kill, restart and configure. */
export class Services extends RunningServices {
  readonly #processes: ReadonlyMap<ServiceName, ServiceProcess>;
  readonly #twins: ServiceProcess[] = [];

  constructor(place: ServicesPlace, processes: ReadonlyMap<ServiceName, ServiceProcess>) {
    super(place, processes);
    this.#processes = processes;
  }

  /** @throws Error when the service was not among those to start */
  override service(name: ServiceName): ServiceProcess {
    const process = this.#processes.get(name);
    if (process === undefined) throw new Error(`${name} was not started`);
    return process;
  }

  /**
   * One more process of a service, on a port of its own and not started yet; {@link stop} stops it too.
   *
   * @param env variables that differ from the first one's
   */
  async another(name: ServiceName, env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
    const port = await freePort();
    const number = 2 + this.#twins.filter((twin) => twin.name.startsWith(name)).length;
    const own = { ...env, [PORT_VARIABLES[name]]: String(port) };
    const twin = this.service(name).twin(`${name}-${number}`, port, own);
    this.#twins.push(twin);
    return twin;
  }

  /** Starts services that do not run, all at once, and waits until they are ready. */
  async start(names: readonly ServiceName[]): Promise<void> {
    const services = names.map((name) => this.service(name));
    for (const service of services) service.spawn();
    await Promise.all(services.map((service) => service.waitReady()));
  }

  /**
   * Stops the service in order if it runs, and starts it again on the same port.
   *
   * @param env variables that differ from the first start; they stay for later starts
   */
  async restart(name: ServiceName, env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.service(name).stop();
    this.service(name).configure(env);
    await this.start([name]);
  }

  /**
   * Closes what calls them and leaves them running, for {@link reuseServices}; they end with this process.
   *
   * @returns undefined when they have been stopped instead: of one service there were several, and whoever finds them
   * expects one
   */
  async leave(): Promise<LeftServices | undefined> {
    if (this.#twins.length > 0) {
      await this.stop();
      return undefined;
    }
    await this.closeClients();
    await this.database.close();
    for (const process of this.#processes.values()) process.setNeeded(false);
    const { stack, prefix, operatorKey } = this;
    return { place: { stack, prefix, operatorKey }, processes: this.#processes };
  }

  kill9(name: ServiceName): Promise<void> {
    return this.service(name).kill9();
  }

  /**
   * The newest log lines of every service, for the report of a failure.
   *
   * @param filter which of them
   */
  override tail(count = 30, filter?: (line: string) => boolean): string {
    return this.#all.map((service) => service.tail(count, filter)).join("\n");
  }

  /**
   * Stops everything in order and deletes its topics, groups and database.
   *
   * @throws AggregateError when a service did not stop within 10 s, or not with exit code 0
   */
  override async stop(): Promise<void> {
    await this.closeClients();
    const stops = await Promise.allSettled(this.#all.map(stopInOrder));
    await dropTopics(this.stack.brokers, this.prefix);
    await this.database.dropDatabase();
    await this.database.close();
    const failures = stops
      .filter((stop) => stop.status === "rejected")
      .map(({ reason }) => reason as unknown);
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
  }

  get #all(): readonly ServiceProcess[] {
    return [...this.#processes.values(), ...this.#twins];
  }
}

/** @throws Error when it does not stop within 10 s, or not with exit code 0 */
export async function stopInOrder(service: ServiceProcess): Promise<void> {
  const end = (await service.stop()) ?? 0;
  if (end !== 0) throw new Error(`${service.name} ended with ${end} when told to stop\n${service.tail(40)}`);
}
