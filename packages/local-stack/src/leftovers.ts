import { join } from "node:path";
import { stopContainer } from "./docker/container-process.js";
import { readContainerRecord } from "./docker/container-record.js";
import { kafkaDir } from "./nodes/kafka-node.js";
import { mongodbDir } from "./nodes/mongodb-node.js";
import { registryDir } from "./nodes/registry-node.js";
import { stopByPidFile } from "./processes/stop-process.js";

/**
 * Stops what an earlier start in the same folder has left running, as after a kill -9. Gives the names of what was found.
 * Processes are known by their pid files, start times and commands, containers by the names recorded in the folder; nothing
 * is looked up by what it is called in general.
 *
 * @param env names the Docker engine, when a node ran in a container; default: ours
 */
export async function stopLeftovers(
  stackDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string[]> {
  const nodes = [
    { name: "Kafka", dir: kafkaDir(stackDir) },
    { name: "MongoDB", dir: mongodbDir(stackDir) },
    { name: "Schema registry", dir: registryDir(stackDir) },
  ];
  const found = await Promise.all(nodes.map(({ dir }) => stopNode(dir, env)));
  return nodes.filter((_, index) => found[index] === true).map(({ name }) => name);
}

/** Stops a node's container, with which a client ends that still runs, and then its process. */
async function stopNode(dir: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const container = readContainerRecord(dir);
  const hadContainer = container !== undefined && (await stopContainer(container.name, env));
  const outcome = await stopByPidFile(join(dir, "pid.json"));
  return outcome !== "was_gone" || hadContainer;
}
