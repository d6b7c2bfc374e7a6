import { rm } from "node:fs/promises";
import { discardContainer } from "./docker/container-process.js";
import { readContainerRecord } from "./docker/container-record.js";
import { stopLeftovers } from "./leftovers.js";
import { kafkaDir } from "./nodes/kafka-node.js";
import { mongodbDir } from "./nodes/mongodb-node.js";
import type { Progress } from "./progress.js";

export interface WipeOptions {
  /** Names the Docker engine, when a node ran in a container; default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** Is told of a volume that could not be removed, with the command that does it later. */
  readonly onProgress?: Progress;
}

/**
 * Removes a stack's folder and what it has in a Docker engine: containers and the volumes with their data. Stops what still
 * runs. A stack that never ran in containers needs no engine; a folder that is not there is as good as removed.
 */
export async function wipeStack(
  dir: string,
  { env = process.env, onProgress: progress }: WipeOptions = {},
): Promise<void> {
  await stopLeftovers(dir, env);
  for (const nodeDir of [kafkaDir(dir), mongodbDir(dir)]) {
    const record = readContainerRecord(nodeDir);
    const problem = record === undefined ? undefined : await discardContainer(record, env);
    // The folder goes all the same: an engine that is gone for good must not keep it.
    if (problem !== undefined) {
      progress?.(`left behind: docker volume rm ${record?.name ?? ""} (${problem})`);
    }
  }
  await rm(dir, { recursive: true, force: true });
}
