import { createServer } from "node:net";
import { UserError } from "./user-error.mjs";

/** The ports of a local start (api.md §1): the variable that changes each, and its default. */
const PORTS = {
  api: { variable: "HOOKLANE_PORT_API", standard: 4400 },
  ingest: { variable: "HOOKLANE_PORT_INGEST", standard: 4401 },
  router: { variable: "HOOKLANE_PORT_ROUTER", standard: 4402 },
  dispatcher: { variable: "HOOKLANE_PORT_DISPATCHER", standard: 4403 },
  health: { variable: "HOOKLANE_PORT_HEALTH", standard: 4404 },
  receiver: { variable: "HOOKLANE_PORT_RECEIVER", standard: 4410 },
  mongodb: { variable: "HOOKLANE_PORT_MONGODB", standard: 4417 },
  smtp: { variable: "HOOKLANE_PORT_SMTP", standard: 4425 },
  registry: { variable: "HOOKLANE_PORT_REGISTRY", standard: 4481 },
  kafka: { variable: "HOOKLANE_PORT_KAFKA", standard: 4492 },
  kafkaController: { variable: "HOOKLANE_PORT_KAFKA_CONTROLLER", standard: 4494 },
};

const OFFSET_VARIABLE = "HOOKLANE_PORT_OFFSET";

/** Further dispatchers take every tenth port after the first one's. */
const DISPATCHER_PORT_STEP = 10;

/**
 * The port of everything by name. A port that is given by its own variable is taken as it is, all others are shifted by
 * `HOOKLANE_PORT_OFFSET`.
 */
export function readPorts(env) {
  const offset = readWholeNumber(env, OFFSET_VARIABLE, 0, { min: -4_000, max: 65_535 });
  return Object.fromEntries(
    Object.entries(PORTS).map(([name, { variable, standard }]) => [
      name,
      readWholeNumber(env, variable, standard + offset, { min: 1, max: 65_535 }),
    ]),
  );
}

/** The ports of `count` dispatchers. */
export function dispatcherPorts(ports, count) {
  return Array.from({ length: count }, (_, index) => ports.dispatcher + index * DISPATCHER_PORT_STEP);
}

/** Every port a start listens on, each with the variable that changes it. `parts` says what is started here. */
export function listPorts(ports, { kafka, mongodb, registry, demo, dispatchers }) {
  const names = ["api", "ingest", "router", "health", "smtp"];
  if (kafka) names.push("kafka", "kafkaController");
  if (mongodb) names.push("mongodb");
  if (registry) names.push("registry");
  if (demo) names.push("receiver");
  return [
    ...names.map((name) => ({ port: ports[name], variable: PORTS[name].variable })),
    ...dispatcherPorts(ports, dispatchers).map((port) => ({ port, variable: PORTS.dispatcher.variable })),
  ];
}

/** Fails with one line when a port is asked for twice or in use. */
export async function assertPortsFree(list) {
  const seen = new Map();
  for (const { port, variable } of list) {
    if (seen.has(port)) {
      throw new UserError(`port ${port} is asked for twice: change ${seen.get(port)} or ${variable}`);
    }
    seen.set(port, variable);
  }
  for (const { port, variable } of list) {
    if (await isFree(port)) continue;
    throw new UserError(`port ${port} is in use: change ${variable}, or shift all with ${OFFSET_VARIABLE}`);
  }
}

/** A whole number from the environment; unset or empty means the default. */
export function readWholeNumber(env, variable, standard, { min, max }) {
  const text = env[variable] ?? "";
  const value = text === "" ? standard : Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  const given = text === "" ? `${OFFSET_VARIABLE} makes it ${value}` : `it is ${JSON.stringify(text)}`;
  throw new UserError(`${variable} must be a whole number from ${min} to ${max}; ${given}`);
}

// local-stack has the same check, but it is not built yet when the first look at the ports is taken.
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
