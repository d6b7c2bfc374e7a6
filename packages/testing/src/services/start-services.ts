import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import mongoose from "mongoose";
import { aWorkspace, type WorkspaceInput } from "../builders/workspace.js";
import { freePort } from "../free-port.js";
import { TEST_SECRETS_KEYS } from "../secrets/test-secret-keys.js";
import { JsonClient } from "./json-client.js";
import { PORT_VARIABLES, SERVICE_NAMES, type ServiceName } from "./service-catalogue.js";
import { ServiceProcess } from "./service-process.js";
import { readStackEnvironment, type StackEnvironment } from "./stack-environment.js";
import { TestWorkspace } from "./test-workspace.js";
import { createTopics, dropTopics } from "./topics.js";

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** What {@link startServices} starts. */
export interface ServicesOptions {
  /** Default: all five. */
  readonly names?: readonly ServiceName[];
  /** Variables for every service, over the ones set for tests; an empty value unsets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Node options by service, such as `--cpu-prof`. */
  readonly nodeOptions?: Partial<Readonly<Record<ServiceName, readonly string[]>>>;
  /** Default: read from this process's environment. */
  readonly stack?: StackEnvironment;
}

/**
 * Runs the built services (`apps/<name>/dist/main.js`) as processes of their own on free ports, with topics, consumer
 * groups and a database nobody else uses, and resolves when every `/readyz` answers 200.
 *
 * @throws Error with the last log lines of the service that did not come up; nothing is left running then
 */
export async function startServices(options: ServicesOptions = {}): Promise<Services> {
  const stack = options.stack ?? readStackEnvironment();
  const prefix = `hltest-${randomBytes(5).toString("hex")}`;
  await createTopics(stack.brokers, prefix);
  const operatorKey = `hl_operator_${randomBytes(18).toString("hex")}`;
  const processes = new Map<ServiceName, ServiceProcess>();
  for (const name of options.names ?? SERVICE_NAMES) {
    const port = await freePort();
    const env = toEnvironment(stack, prefix, operatorKey, options.env ?? {});
    processes.set(
      name,
      new ServiceProcess({
        name,
        port,
        cwd: REPOSITORY,
        args: [...(options.nodeOptions?.[name] ?? []), `apps/${name}/dist/main.js`],
        env: { ...env, [PORT_VARIABLES[name]]: String(port) },
      }),
    );
  }
  const services = new Services(stack, prefix, operatorKey, processes);
  try {
    await services.start([...processes.keys()]);
  } catch (error) {
    await services.stop().catch(() => undefined);
    throw error;
  }
  return services;
}

function toEnvironment(
  stack: StackEnvironment,
  prefix: string,
  operatorKey: string,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const variables = {
    // What finds programs, and what marks the processes of one test run.
    ...pick(process.env, ["PATH", "HOME", "TMPDIR", "HOOKLANE_TEST_RUN"]),
    KAFKAJS_NO_PARTITIONER_WARNING: "1",
    KAFKA_BROKERS: stack.brokers.join(","),
    MONGODB_URI: stack.mongodbUri,
    MONGODB_DATABASE: prefix,
    HOOKLANE_TOPIC_PREFIX: prefix,
    OPERATOR_KEY: operatorKey,
    HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
    // Tests and loads call as fast as they can; the one about the limit sets its own.
    SUBSCRIPTION_API_CALLS_PER_SECOND_MAX: "10000",
    // Nobody listens there; a test that wants mails gives its own.
    SMTP_URL: "smtp://127.0.0.1:9",
    MAIL_FROM: "Hooklane <hooklane@example.org>",
    HOOKLANE_DESTINATION_ALLOW: "127.0.0.0/8,::1/128",
    LOG_LEVEL: "info",
    ...given,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, env[name] ?? ""]));
}

/** The running services of one test file. */
export class Services {
  readonly stack: StackEnvironment;
  /** First part of the name of its topics and groups; the name of its database. */
  readonly prefix: string;
  readonly operatorKey: string;
  readonly #processes: ReadonlyMap<ServiceName, ServiceProcess>;
  readonly #twins: ServiceProcess[] = [];
  readonly #workspaces: TestWorkspace[] = [];
  readonly #operator: JsonClient | undefined;
  readonly #mongo: mongoose.Connection;

  constructor(
    stack: StackEnvironment,
    prefix: string,
    operatorKey: string,
    processes: ReadonlyMap<ServiceName, ServiceProcess>,
  ) {
    this.stack = stack;
    this.prefix = prefix;
    this.operatorKey = operatorKey;
    this.#processes = processes;
    const api = processes.get("subscription-api");
    this.#operator = api && new JsonClient(api.url, operatorKey);
    this.#mongo = mongoose.createConnection(stack.mongodbUri, { dbName: prefix, maxPoolSize: 4 });
  }

  /** @throws Error when the service was not among those to start */
  service(name: ServiceName): ServiceProcess {
    const service = this.#processes.get(name);
    if (service === undefined) throw new Error(`${name} was not started`);
    return service;
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

  /** A topic's full name, such as `topic("inbound.v1")`. */
  topic(name: string): string {
    return `${this.prefix}.${name}`;
  }

  /** The database of these services, to look into. */
  get database(): mongoose.Connection {
    return this.#mongo;
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

  kill9(name: ServiceName): Promise<void> {
    return this.service(name).kill9();
  }

  /** A new workspace with all presets, made through the operator API. */
  async createWorkspace(overrides: Partial<WorkspaceInput> = {}): Promise<TestWorkspace> {
    if (this.#operator === undefined) throw new Error("subscription-api was not started");
    const { id, apiKey } = await this.#operator.ask<{ id: string; apiKey: string }>(
      "POST",
      "/v1/workspaces",
      aWorkspace(overrides),
    );
    const ingest = this.#processes.get("event-ingestor")?.url ?? "http://127.0.0.1:9";
    const workspace = new TestWorkspace(id, apiKey, { api: this.service("subscription-api").url, ingest });
    this.#workspaces.push(workspace);
    return workspace;
  }

  /**
   * The newest log lines of every service, for the report of a failure.
   *
   * @param filter which of them
   */
  tail(count = 30, filter?: (line: string) => boolean): string {
    return this.#all.map((service) => service.tail(count, filter)).join("\n");
  }

  /**
   * Stops everything in order and deletes its topics, groups and database.
   *
   * @throws AggregateError when a service did not stop within 10 s, or not with exit code 0
   */
  async stop(): Promise<void> {
    await Promise.all(this.#workspaces.map((workspace) => workspace.close()));
    await this.#operator?.close();
    const stops = await Promise.allSettled(this.#all.map(stopInOrder));
    await dropTopics(this.stack.brokers, this.prefix);
    await this.#mongo.dropDatabase();
    await this.#mongo.close();
    const failures = stops
      .filter((stop) => stop.status === "rejected")
      .map(({ reason }) => reason as unknown);
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join("\n"));
  }

  get #all(): readonly ServiceProcess[] {
    return [...this.#processes.values(), ...this.#twins];
  }
}

async function stopInOrder(service: ServiceProcess): Promise<void> {
  const end = (await service.stop()) ?? 0;
  if (end !== 0) throw new Error(`${service.name} ended with ${end} when told to stop\n${service.tail(40)}`);
}
