import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OwnedProcess } from "../processes/owned-process.js";
import { lastLine, runCommand } from "../processes/run-command.js";
import type { Java } from "../sources/java.js";
import { StackError } from "../stack-error.js";
import { isKafkaReady } from "./kafka-readiness.js";
import { toKafkaProperties } from "./kafka-properties.js";
import type { StartContext } from "./start-context.js";
import { waitReady } from "./wait-ready.js";

export interface KafkaNodeOptions {
  readonly java: Java;
  readonly jarsDir: string;
  readonly port: number;
  readonly controllerPort: number;
}

/** The folder of the Kafka node in a stack's folder. */
export function kafkaDir(stackDir: string): string {
  return join(stackDir, "kafka");
}

/** Starts one Kafka broker on its kept data and waits until groups and idempotent producers work. */
export async function startKafkaNode(
  options: KafkaNodeOptions,
  context: StartContext,
): Promise<OwnedProcess> {
  const dir = kafkaDir(context.dir);
  const dataDir = join(dir, "data");
  const propertiesFile = join(dir, "server.properties");
  const { java, jarsDir, port, controllerPort } = options;
  await mkdir(dataDir, { recursive: true });
  await writeFile(propertiesFile, toKafkaProperties({ port, controllerPort, dataDir }));
  const classPath = ["-cp", join(jarsDir, "*")];
  if (!existsSync(join(dataDir, "meta.properties"))) {
    await formatStorage([...classPath, "kafka.tools.StorageTool"], propertiesFile, java, context);
  }
  const logFile = join(dir, "kafka.log");
  const node = await OwnedProcess.start({
    name: "Kafka",
    command: java.command,
    args: ["-Xms256m", "-Xmx512m", ...classPath, "kafka.Kafka", propertiesFile],
    env: context.env,
    pidFile: join(dir, "pid.json"),
    marker: `kafka.Kafka ${propertiesFile}`,
    output: { kind: "file", path: logFile },
  });
  await waitReady({ name: "Kafka", node, logFile, signal: context.signal }, () =>
    isKafkaReady(`127.0.0.1:${port}`),
  );
  return node;
}

async function formatStorage(
  tool: readonly string[],
  propertiesFile: string,
  java: Java,
  { env, signal }: StartContext,
): Promise<void> {
  // Kafka writes cluster ids as 16 bytes in URL-safe base64, and does not take one that begins with a dash.
  const clusterId = `H${randomBytes(16).toString("base64url").slice(1, 22)}`;
  const args = [...tool, "format", "-t", clusterId, "-c", propertiesFile];
  const result = await runCommand(java.command, args, { env, signal });
  if (result.kind === "interrupted") throw new StackError("aborted", "stopped while Kafka was set up");
  if (result.kind === "not_found" || result.code !== 0) {
    throw new StackError("start_failed", `Kafka's storage could not be formatted: ${lastLine(result)}`);
  }
}
