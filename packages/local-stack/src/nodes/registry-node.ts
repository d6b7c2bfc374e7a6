import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { OwnedProcess } from "../processes/owned-process.js";
import type { Java } from "../sources/java.js";
import type { StartContext } from "./start-context.js";
import { waitReady } from "./wait-ready.js";

export interface RegistryNodeOptions {
  readonly java: Java;
  readonly jar: string;
  readonly port: number;
}

/** The folder of the schema registry in a stack's folder. */
export function registryDir(stackDir: string): string {
  return join(stackDir, "registry");
}

/** The address at which the registry speaks Confluent's API. */
export function toRegistryUrl(port: number): string {
  return `http://127.0.0.1:${port}/apis/ccompat/v7`;
}

/** Starts the schema registry on its kept data and waits until it answers. */
export async function startRegistryNode(
  { java, jar, port }: RegistryNodeOptions,
  context: StartContext,
): Promise<OwnedProcess> {
  const dir = registryDir(context.dir);
  const temporaryDir = join(dir, "tmp");
  const dataFile = join(dir, "data");
  await rm(temporaryDir, { recursive: true, force: true });
  await mkdir(temporaryDir, { recursive: true });
  const database = `-Dapicurio.datasource.url=jdbc:h2:file:${dataFile}`;
  const logFile = join(dir, "registry.log");
  const node = await OwnedProcess.start({
    name: "Schema registry",
    command: java.command,
    args: [
      ...["-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
      // It leaves a cache behind, which the system's temporary folder would gather.
      `-Djava.io.tmpdir=${temporaryDir}`,
      ...["-Dquarkus.http.host=127.0.0.1", `-Dquarkus.http.port=${port}`, database],
      ...["-jar", jar],
    ],
    env: context.env,
    pidFile: join(dir, "pid.json"),
    marker: database,
    output: { kind: "file", path: logFile },
  });
  await waitReady({ name: "Schema registry", node, logFile, signal: context.signal }, () =>
    answers(`${toRegistryUrl(port)}/subjects`),
  );
  return node;
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.ok;
}
