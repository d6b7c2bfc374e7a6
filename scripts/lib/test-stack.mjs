import { importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/**
 * The stack the tests run on: what the environment names, containers (`TEST_STACK=testcontainers`, where an engine is), or
 * programs of this machine on free ports. The schema registry always is a program of this machine.
 */
export async function startTestStack(dir, env, terminal, signal) {
  const { findFreeStackPorts, startStack } = await importPackage("local-stack");
  const onProgress = (line) => terminal.say(`stack: ${line}`);
  const containers = await startContainers(env, onProgress);
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
    const local = await startStack({ dir, ports, registry: true, given, env, onProgress, signal });
    return { ...local, stop: () => stopAll(local) };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Containers when they are asked for and can be had; a machine without an engine runs the tests all the same. */
async function startContainers(env, onProgress) {
  const kind = env.TEST_STACK || "local";
  if (kind === "local") return undefined;
  if (kind !== "testcontainers") {
    throw new UserError(`TEST_STACK must be local or testcontainers; it is ${JSON.stringify(kind)}`);
  }
  const { startContainersStack } = await importPackage("testing");
  try {
    return await startContainersStack(onProgress);
  } catch (error) {
    onProgress(`containers: ${error.message.split("\n")[0]}; using programs of this machine`);
    return undefined;
  }
}
