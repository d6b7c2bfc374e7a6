import { join } from "node:path";
import { kafkaDir } from "./nodes/kafka-node.js";
import { mongodbDir } from "./nodes/mongodb-node.js";
import { registryDir } from "./nodes/registry-node.js";
import { stopByPidFile } from "./processes/stop-process.js";

/**
 * Stops what an earlier start in the same folder has left running, as after a kill -9. Gives the names of what was found.
 * Processes are known by their pid files, start times and commands, never by their names.
 */
export async function stopLeftovers(stackDir: string): Promise<string[]> {
  const nodes = [
    { name: "Kafka", dir: kafkaDir(stackDir) },
    { name: "MongoDB", dir: mongodbDir(stackDir) },
    { name: "Schema registry", dir: registryDir(stackDir) },
  ];
  const outcomes = await Promise.all(nodes.map(({ dir }) => stopByPidFile(join(dir, "pid.json"))));
  return nodes.filter((_, index) => outcomes[index] !== "was_gone").map(({ name }) => name);
}
