import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { freePort } from "../free-port.js";
import { TEST_SECRETS_KEYS } from "../secrets/test-secret-keys.js";
import { PORT_VARIABLES, SERVICE_NAMES, type ServiceName } from "./service-catalogue.js";
import { ServiceProcess } from "./service-process.js";
import { Services } from "./services.js";
import { readStackEnvironment, type StackEnvironment } from "./stack-environment.js";
import { createTopics } from "./topics.js";

const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** What {@link startServices} starts. */
export interface ServicesOptions {
  /** Default: all five. */
  readonly names?: readonly ServiceName[];
  /** Variables for every service, over the ones set for tests; an empty value unsets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables by service, over {@link env}. */
  readonly serviceEnv?: Partial<Readonly<Record<ServiceName, Readonly<Record<string, string>>>>>;
  /** Node options by service, such as `--cpu-prof`. */
  readonly nodeOptions?: Partial<Readonly<Record<ServiceName, readonly string[]>>>;
  /** Given every line a service prints, with its name. */
  readonly onLine?: (line: string) => void;
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
    const env = toEnvironment(stack, prefix, operatorKey, { ...options.env, ...options.serviceEnv?.[name] });
    processes.set(
      name,
      new ServiceProcess({
        name,
        port,
        cwd: REPOSITORY,
        args: [...(options.nodeOptions?.[name] ?? []), `apps/${name}/dist/main.js`],
        env: { ...env, [PORT_VARIABLES[name]]: String(port) },
        ...(options.onLine && { onLine: options.onLine }),
      }),
    );
  }
  const services = new Services({ stack, prefix, operatorKey }, processes);
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
