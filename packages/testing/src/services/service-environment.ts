import { RECEIVER_HOST } from "../receiver/receiver.js";
import { TEST_SECRETS_KEYS } from "../secrets/test-secret-keys.js";
import type { ServicesPlace } from "./running-services.js";
import { PORT_VARIABLES, type ServiceName } from "./service-catalogue.js";

/** How services differ from those that nothing is said of. */
export interface ServiceSettings {
  /** Variables for every service, over the ones set for tests; an empty value unsets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables by service, over {@link env}. */
  readonly serviceEnv?: Partial<Readonly<Record<ServiceName, Readonly<Record<string, string>>>>>;
}

/** All variables of one service on this port. */
export function toEnvironment(
  { stack, prefix, operatorKey }: ServicesPlace,
  name: ServiceName,
  port: number,
  settings: ServiceSettings,
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
    HOOKLANE_DESTINATION_ALLOW: `127.0.0.0/8,::1/128,${RECEIVER_HOST}/32`,
    LOG_LEVEL: "info",
    ...settings.env,
    ...settings.serviceEnv?.[name],
    [PORT_VARIABLES[name]]: String(port),
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, env[name] ?? ""]));
}
