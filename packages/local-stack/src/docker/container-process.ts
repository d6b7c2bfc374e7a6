import { join } from "node:path";
import { pollUntil } from "../poll.js";
import { OwnedProcess } from "../processes/owned-process.js";
import { lastLine } from "../processes/run-command.js";
import { DEFAULT_GRACE_MS } from "../processes/stop-process.js";
import type { StoppableProcess } from "../processes/stoppable-process.js";
import { StackError } from "../stack-error.js";
import { ensureContainerRecord, seedOf, type ContainerRecord } from "./container-record.js";
import { hasSucceeded, runDocker, type DockerOptions } from "./docker-client.js";

/** Label of our containers and volumes; its value is the stack's folder. For people: nothing is looked up by it. */
const STACK_LABEL = "dev.hooklane.stack";

/** Time an engine has to remove a container that has ended, in milliseconds. */
const REMOVAL_LIMIT_MS = 30_000;

/** A node of the stack that runs in a container. */
export interface ContainerSpec {
  /** Name for messages, such as "Kafka". */
  readonly name: string;
  readonly image: string;
  readonly stackDir: string;
  /** The node's folder, which remembers the names of container and volume. */
  readonly nodeDir: string;
  /** The same outside, on 127.0.0.1, and inside: then the address a node gives to its clients is right in both places. */
  readonly port: number;
  /** Where the image keeps data. */
  readonly dataPath: string;
  readonly logFile: string;
  /** Environment of the image's program, given 16 bytes by chance that stay the same as long as the volume is the same. */
  readonly toVariables: (seed: Uint8Array) => Readonly<Record<string, string>>;
  /** Arguments for the image's program. */
  readonly args: readonly string[];
}

/**
 * Runs a container behind a client in the foreground, which is a process of ours like any other: it writes the container's
 * output to the log file and ends with it. What outlives a kill of the client is found by its name.
 */
export async function startContainer(spec: ContainerSpec, options: DockerOptions): Promise<StoppableProcess> {
  const { env, signal } = options;
  const { name } = ensureContainerRecord(spec.nodeDir, spec.name.toLowerCase());
  // One whose client was killed still has the name, the port and the data.
  await stopContainer(name, env);
  await createVolume(spec, name, options);
  await createContainer(spec, name, env);
  if (signal?.aborted) {
    await stopContainer(name, env);
    throw new StackError("aborted", `stopped while ${spec.name}'s container was made`);
  }
  const client = await OwnedProcess.start({
    name: spec.name,
    command: "docker",
    args: ["start", "--attach", name],
    env,
    pidFile: join(spec.nodeDir, "pid.json"),
    marker: `start --attach ${name}`,
    output: { kind: "file", path: spec.logFile },
  });
  return {
    ended: client.ended,
    stop: async (graceMs = DEFAULT_GRACE_MS) => {
      // By the engine, not by a signal to the client, which would leave before it has written the last lines.
      await stopContainer(name, env, graceMs);
      await client.stop();
    },
  };
}

/**
 * Made apart from its start, and waited for even when the start is given up: an engine goes on making a container whose
 * client has ended, and that one would appear after everything was cleared away.
 */
async function createContainer(spec: ContainerSpec, name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const created = await runDocker(toCreateArguments(spec, name), { env });
  if (hasSucceeded(created)) return;
  throw new StackError("start_failed", `${spec.name}'s container could not be made: ${lastLine(created)}`);
}

/** The command that makes the container. */
export function toCreateArguments(spec: ContainerSpec, name: string): string[] {
  const { image, stackDir, port, dataPath, toVariables, args } = spec;
  return [
    ...["create", "--rm", "--name", name, "--label", `${STACK_LABEL}=${stackDir}`],
    // The image is there; a client that pulls would be silent for minutes.
    ...["--pull", "never"],
    // The client writes the log; a second copy in the engine would grow without end.
    ...["--log-driver", "none"],
    ...["--publish", `127.0.0.1:${port}:${port}`, "--volume", `${name}:${dataPath}`],
    ...Object.entries(toVariables(seedOf(name))).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    image,
    ...args,
  ];
}

/**
 * Stops a container in order, kills it when it does not end within `graceMs`, and removes it.
 *
 * @returns false when there was none of this name, or no engine that could have one
 */
export async function stopContainer(
  name: string,
  env: NodeJS.ProcessEnv,
  graceMs: number = DEFAULT_GRACE_MS,
): Promise<boolean> {
  if (!(await hasContainer(name, env))) return false;
  const graceSeconds = Math.max(0, Math.ceil(graceMs / 1000));
  await runDocker(["stop", "-t", String(graceSeconds), name], { env });
  await runDocker(["rm", "--force", "--volumes", name], { env });
  // The engine may be removing it already, by `--rm`, and then does not wait for that; until then the name is taken.
  await pollUntil(async () => ((await hasContainer(name, env)) ? undefined : true), {
    deadlineMs: REMOVAL_LIMIT_MS,
  });
  return true;
}

async function hasContainer(name: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return hasSucceeded(await runDocker(["container", "inspect", "--format", "{{.Id}}", name], { env }));
}

/** True when the engine has the volume of this name. */
export async function hasVolume(name: string, options: DockerOptions): Promise<boolean> {
  return hasSucceeded(await runDocker(["volume", "inspect", "--format", "{{.Name}}", name], options));
}

/** Removes a node's container and the volume with its data. Gives what went wrong in one line, `undefined` if nothing. */
export async function discardContainer(
  { name }: ContainerRecord,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  await stopContainer(name, env, 0);
  // Forced: a volume that was never made, or is gone, is as good as removed.
  const removed = await runDocker(["volume", "rm", "--force", name], { env });
  return hasSucceeded(removed) ? undefined : lastLine(removed);
}

/** Made by us, as the one that `docker run` would make has no label. One that is there already stays as it is. */
async function createVolume(spec: ContainerSpec, name: string, options: DockerOptions): Promise<void> {
  const label = `${STACK_LABEL}=${spec.stackDir}`;
  const created = await runDocker(["volume", "create", "--label", label, name], options);
  if (hasSucceeded(created)) return;
  throw new StackError(
    "start_failed",
    `${spec.name}'s Docker volume could not be made: ${lastLine(created)}`,
  );
}
