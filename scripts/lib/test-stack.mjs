import { startExternalStack } from "./external-stack.mjs";
import { importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** What tests can run on. */
const KINDS = ["local", "testcontainers", "external"];

/**
 * `TEST_STACK`: `local`, the default, for programs of this machine or what the environment names; `testcontainers` for Kafka
 * and MongoDB in containers; `external` for everything in containers, the services, too.
 */
export function readStackKind(env) {
  const kind = env.TEST_STACK || "local";
  if (KINDS.includes(kind)) return kind;
  throw new UserError(`TEST_STACK must be one of ${KINDS.join(", ")}; it is ${JSON.stringify(kind)}`);
}

/** Kafka runs for minutes under little load: what Java spends on becoming fast is half of all it spends, and not got back. */
const LEAN_JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

/** The stack the tests run on. The schema registry always is a program of this machine. */
export async function startTestStack(dir, env, terminal, signal) {
  const kind = readStackKind(env);
  if (kind === "external") return startExternalStack(dir, env, terminal, signal);
  const { findFreeStackPorts, startStack } = await importPackage("local-stack");
  const onProgress = (line) => terminal.say(`stack: ${line}`);
  const containers = kind === "testcontainers" ? await startContainers(onProgress) : undefined;
  const given = {
    kafkaBrokers: containers?.kafkaBrokers ?? (env.KAFKA_BROKERS || undefined),
    mongodbUri: containers?.mongodbUri ?? (env.MONGODB_URI || undefined),
    registryUrl: env.SCHEMA_REGISTRY_URL || undefined,
  };
  const stopAll = async (local) => {
    await Promise.all([local?.stop(), containers?.stop()]);
  };
  try {
    const ports = await findFreeStackPorts();
    const lean = { ...env, JAVA_TOOL_OPTIONS: `${LEAN_JAVA} ${env.JAVA_TOOL_OPTIONS ?? ""}`.trim() };
    const local = await startStack({ dir, ports, registry: true, given, env: lean, onProgress, signal });
    return { ...local, stop: () => stopAll(local) };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** A machine without an engine runs the tests all the same; where there is one, what goes wrong with it is a failure. */
async function startContainers(onProgress) {
  const { startContainersStack } = await importPackage("testing");
  try {
    return await startContainersStack(onProgress);
  } catch (error) {
    if (!error.message.includes(NO_ENGINE)) throw error;
    onProgress("TEST_STACK=testcontainers, but there is no container engine: using programs of this machine");
    return undefined;
  }
}

/** What testcontainers says then. */
const NO_ENGINE = "Could not find a working container runtime strategy";
