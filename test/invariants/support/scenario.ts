import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@jest/globals";
import {
  eventually,
  type Receiver,
  type ServiceProcess,
  type Services,
  startReceiver,
  startServices,
} from "@hooklane/testing";
import { Figures } from "./figures.js";
import { Partitions } from "./partitions.js";
import { Traffic, type TrafficOptions } from "./traffic.js";

/** What a fault is tried on: the whole system under load, with nothing of an earlier scenario in it. */
export interface Scene {
  readonly services: Services;
  readonly receiver: Receiver;
  /** The dispatchers that run, the first one first. */
  readonly dispatchers: readonly ServiceProcess[];
  readonly partitions: Partitions;
  readonly figures: Figures;
  /** Steady load on endpoints of the receiver; stopped at the end, whatever happens. */
  startTraffic(options?: TrafficOptions): Promise<Traffic>;
  /** Starts one more dispatcher. */
  addDispatcher(): Promise<ServiceProcess>;
  /** Called at the end, also of a scenario that fails, the last one first. */
  onEnd(undo: () => unknown): void;
}

/** How a scene is set up. */
export interface ScenarioOptions {
  /** Dispatchers that share the partitions when it begins. Default 1. */
  readonly dispatchers?: number;
  /** Variables of every service. */
  readonly env?: Readonly<Record<string, string>>;
  /** The repository whose build is run. Default: this one. */
  readonly repository?: string;
  /** Node options of the dispatcher. */
  readonly dispatcherOptions?: readonly string[];
  /** Default 300 000 ms. */
  readonly limitMs?: number;
}

/** Of each service, when a scenario fails. */
const LINES_SHOWN = 20;
const isRemarkable = (line: string) => !line.includes('"level":"info"');

/** A test with a system of its own. The name states what is guaranteed. */
export function scenario(name: string, options: ScenarioOptions, run: (scene: Scene) => Promise<void>): void {
  const { dispatchers = 1, env = {}, repository, dispatcherOptions = [], limitMs = 300_000 } = options;
  const perform = async () => {
    const figures = new Figures(name);
    const receiver = await startReceiver();
    const ends: (() => unknown)[] = [() => receiver.close()];
    let services: Services | undefined;
    try {
      const nodeOptions = { dispatcher: dispatcherOptions };
      services = await startServices({ env, nodeOptions, ...(repository !== undefined && { repository }) });
      const scene = new StartedScene(services, receiver, figures, ends);
      while (scene.dispatchers.length < dispatchers) await scene.addDispatcher();
      await scene.partitions.awaitShared(dispatchers);
      figures.say(`services are up, ${dispatchers} dispatcher(s) share the partitions`);
      await run(scene);
    } catch (error) {
      process.stdout.write(`${services?.tail(LINES_SHOWN, isRemarkable) ?? ""}\n`);
      keepLogs(name, services);
      throw error;
    } finally {
      figures.printTable();
      for (const end of ends.splice(1).reverse()) await end();
      await services?.stop();
      await ends[0]?.();
    }
  };
  test(name, perform, limitMs);
}

/** Where `INVARIANTS_LOG_DIR` names a folder, all the services said goes there. */
function keepLogs(name: string, services: Services | undefined): void {
  const { INVARIANTS_LOG_DIR: dir } = process.env;
  if (!dir || services === undefined) return;
  writeFileSync(join(dir, `${name.slice(0, 40).replace(/\W+/g, "-")}.log`), services.tail(Infinity));
}

class StartedScene implements Scene {
  readonly dispatchers: ServiceProcess[];
  readonly partitions: Partitions;
  readonly #ends: (() => unknown)[];

  constructor(
    readonly services: Services,
    readonly receiver: Receiver,
    readonly figures: Figures,
    ends: (() => unknown)[],
  ) {
    this.dispatchers = [services.service("dispatcher")];
    this.partitions = new Partitions(services);
    this.#ends = ends;
    this.onEnd(() => this.partitions.stopWatching());
  }

  async startTraffic(options: TrafficOptions = {}): Promise<Traffic> {
    const traffic = await Traffic.prepare(this.services, this.receiver, options);
    this.onEnd(() => traffic.stop());
    traffic.start();
    await eventually(() => traffic.lines.every(({ path }) => this.receiver.requestsTo(path).length > 0), {
      what: "a first event at every endpoint",
    });
    return traffic;
  }

  async addDispatcher(): Promise<ServiceProcess> {
    const dispatcher = await this.services.another("dispatcher");
    dispatcher.spawn();
    await dispatcher.waitReady();
    this.dispatchers.push(dispatcher);
    return dispatcher;
  }

  onEnd(undo: () => unknown): void {
    this.#ends.push(undo);
  }
}
