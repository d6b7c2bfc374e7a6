import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startContainer } from "../docker/container-process.js";
import { noteDataInVolume } from "../docker/container-record.js";
import { OwnedProcess } from "../processes/owned-process.js";
import { lastLine, runCommand } from "../processes/run-command.js";
import type { StoppableProcess } from "../processes/stoppable-process.js";
import type { Java } from "../sources/java.js";
import type { KafkaJars, KafkaProgram } from "../sources/kafka.js";
import { StackError } from "../stack-error.js";
import { needsProgram, type StackSecurity } from "../stack-security.js";
import { isKafkaReady } from "./kafka-readiness.js";
import {
  KAFKA_DATA_PATH,
  KAFKA_HEAP_FLAGS,
  toClusterId,
  toKafkaProperties,
  toKafkaVariables,
} from "./kafka-settings.js";
import type { StartContext } from "./start-context.js";
import { waitReady } from "./wait-ready.js";

export interface KafkaNodeOptions {
  readonly program: KafkaProgram;
  readonly port: number;
  readonly controllerPort: number;
  readonly security?: StackSecurity;
}

/** The folder of the Kafka node in a stack's folder. */
export function kafkaDir(stackDir: string): string {
  return join(stackDir, "kafka");
}

/** The file that a formatted data folder has before any other. */
export const KAFKA_FIRST_FILE = "meta.properties";

/** Starts one Kafka broker on its kept data and waits until groups and idempotent producers work. */
export async function startKafkaNode(
  options: KafkaNodeOptions,
  context: StartContext,
): Promise<StoppableProcess> {
  const dir = kafkaDir(context.dir);
  const logFile = join(dir, "kafka.log");
  const { program, port } = options;
  const node =
    program.kind === "jars"
      ? await startFromJars(program, options, logFile, context)
      : await startInContainer(program.image, options, logFile, context);
  await waitReady({ name: "Kafka", node, logFile, signal: context.signal }, () =>
    isKafkaReady(`127.0.0.1:${port}`),
  );
  if (program.kind === "container") noteDataInVolume(dir);
  return node;
}

async function startFromJars(
  { java, jarsDir }: KafkaJars,
  { port, controllerPort, security = {} }: KafkaNodeOptions,
  logFile: string,
  context: StartContext,
): Promise<StoppableProcess> {
  const dir = kafkaDir(context.dir);
  const dataDir = join(dir, "data");
  const propertiesFile = join(dir, "server.properties");
  await mkdir(dataDir, { recursive: true });
  const input = { port, controllerPort, listenHost: "127.0.0.1", dataDir } as const;
  const properties = toKafkaProperties(input, security.kafkaSettings);
  await writeFile(propertiesFile, properties);
  const classPath = ["-cp", join(jarsDir, "*")];
  if (!existsSync(join(dataDir, KAFKA_FIRST_FILE))) {
    const tool = [...classPath, "kafka.tools.StorageTool"];
    await formatStorage(tool, [propertiesFile, ...(security.kafkaFormatArguments ?? [])], java, context);
  }
  return OwnedProcess.start({
    name: "Kafka",
    command: java.command,
    args: [...KAFKA_HEAP_FLAGS, ...classPath, "kafka.Kafka", propertiesFile],
    env: context.env,
    pidFile: join(dir, "pid.json"),
    marker: `kafka.Kafka ${propertiesFile}`,
    output: { kind: "file", path: logFile },
  });
}

function startInContainer(
  image: string,
  { port, controllerPort, security = {} }: KafkaNodeOptions,
  logFile: string,
  { dir, env, signal }: StartContext,
): Promise<StoppableProcess> {
  if (Object.keys(security).length > 0) throw needsProgram("Kafka");
  const spec = {
    name: "Kafka",
    image,
    stackDir: dir,
    nodeDir: kafkaDir(dir),
    port,
    dataPath: KAFKA_DATA_PATH,
    logFile,
    // The image formats an empty volume with the cluster id it is given; a new volume has to be a new cluster, as every
    // event's record id is built on it.
    toVariables: (seed: Uint8Array) =>
      toKafkaVariables({ port, controllerPort, clusterId: toClusterId(seed) }),
    args: [],
  };
  return startContainer(spec, { env, signal });
}

async function formatStorage(
  tool: readonly string[],
  formatArguments: readonly string[],
  java: Java,
  { env, signal }: StartContext,
): Promise<void> {
  const args = [...tool, "format", "-t", toClusterId(randomBytes(16)), "-c", ...formatArguments];
  const result = await runCommand(java.command, args, { env, signal });
  if (result.kind === "interrupted") throw new StackError("aborted", "stopped while Kafka was set up");
  if (result.kind === "not_found" || result.code !== 0) {
    throw new StackError("start_failed", `Kafka's storage could not be formatted: ${lastLine(result)}`);
  }
}
