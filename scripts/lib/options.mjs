import { readPorts, readWholeNumber } from "./ports.mjs";
import { UserError } from "./user-error.mjs";

/** Receivers on this machine are what a local start is for; everywhere else they are refused (product.md O6). */
const LOOPBACK = "127.0.0.0/8,::1/128";

/** What the environment asks of a local start (api.md §1). Fails with one line on a value that makes no sense. */
export function readOptions(env) {
  const given = {
    kafkaBrokers: nonEmpty(env.KAFKA_BROKERS),
    mongodbUri: nonEmpty(env.MONGODB_URI),
    registryUrl: nonEmpty(env.SCHEMA_REGISTRY_URL),
  };
  const registry = readChoice(env, "HOOKLANE_REGISTRY", ["off", "local"]) === "local";
  const demo = readChoice(env, "HOOKLANE_DEMO", ["on", "off"]) === "on";
  const dispatchers = readWholeNumber(env, "HOOKLANE_DISPATCHERS", 1, { min: 1, max: 64 });
  return {
    given,
    demo,
    dispatchers,
    registry,
    ports: readPorts(env),
    destinationAllow: env.HOOKLANE_DESTINATION_ALLOW ?? LOOPBACK,
    /** What is started here, for the check of the ports. */
    parts: {
      kafka: given.kafkaBrokers === undefined,
      mongodb: given.mongodbUri === undefined,
      registry: registry && given.registryUrl === undefined,
      demo,
      dispatchers,
    },
  };
}

/** One of the named values; the first one when the variable is unset or empty. */
function readChoice(env, variable, choices) {
  const value = nonEmpty(env[variable]) ?? choices[0];
  if (choices.includes(value)) return value;
  throw new UserError(`${variable} must be ${choices.join(" or ")}; it is ${JSON.stringify(value)}`);
}

function nonEmpty(text) {
  return text === undefined || text === "" ? undefined : text;
}
