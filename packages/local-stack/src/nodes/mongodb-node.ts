import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startContainer } from "../docker/container-process.js";
import { noteDataInVolume } from "../docker/container-record.js";
import { OwnedProcess } from "../processes/owned-process.js";
import type { StoppableProcess } from "../processes/stoppable-process.js";
import { needsProgram, type StackSecurity } from "../stack-security.js";
import type { MongodProgram } from "../sources/mongod.js";
import { MONGODB_DATA_PATH, toMongodArguments } from "./mongodb-settings.js";
import { ensureReplicaSet, toMongodbUri } from "./replica-set.js";
import type { StartContext } from "./start-context.js";
import { waitReady } from "./wait-ready.js";

export interface MongodbNodeOptions {
  readonly program: MongodProgram;
  readonly port: number;
  readonly security?: StackSecurity;
}

/** The folder of the MongoDB node in a stack's folder. */
export function mongodbDir(stackDir: string): string {
  return join(stackDir, "mongodb");
}

/** The file that a data folder has before any other. */
export const MONGODB_FIRST_FILE = "WiredTiger";

/** Starts one MongoDB server on its kept data and waits until it is the primary of its replica set. */
export async function startMongodbNode(
  { program, port, security = {} }: MongodbNodeOptions,
  context: StartContext,
): Promise<StoppableProcess> {
  const dir = mongodbDir(context.dir);
  const logFile = join(dir, "mongod.log");
  if (program.kind !== "binary" && Object.keys(security).length > 0) throw needsProgram("MongoDB");
  const node =
    program.kind === "binary"
      ? await startBinary(
          program.path,
          [...toMongodArguments(port), ...(security.mongodArguments ?? [])],
          logFile,
          context,
        )
      : await startInContainer(program.image, port, logFile, context);
  const uri = security.mongodbUri ?? toMongodbUri(port);
  await waitReady({ name: "MongoDB", node, logFile, signal: context.signal }, () =>
    ensureReplicaSet(uri, `127.0.0.1:${port}`),
  );
  if (program.kind === "container") noteDataInVolume(dir);
  return node;
}

async function startBinary(
  mongod: string,
  args: readonly string[],
  logFile: string,
  context: StartContext,
): Promise<StoppableProcess> {
  const dir = mongodbDir(context.dir);
  const dataDir = join(dir, "data");
  await mkdir(dataDir, { recursive: true });
  return OwnedProcess.start({
    name: "MongoDB",
    command: mongod,
    args: [...args, "--bind_ip", "127.0.0.1", "--dbpath", dataDir],
    env: context.env,
    pidFile: join(dir, "pid.json"),
    marker: `--dbpath ${dataDir}`,
    output: { kind: "file", path: logFile },
  });
}

/** The image's entry point listens on every interface of the container by itself, and takes arguments of `mongod`. */
function startInContainer(
  image: string,
  port: number,
  logFile: string,
  { dir, env, signal }: StartContext,
): Promise<StoppableProcess> {
  const spec = {
    name: "MongoDB",
    image,
    stackDir: dir,
    nodeDir: mongodbDir(dir),
    port,
    dataPath: MONGODB_DATA_PATH,
    logFile,
    toVariables: () => ({}),
    args: toMongodArguments(port),
  };
  return startContainer(spec, { env, signal });
}
