import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { OwnedProcess } from "../processes/owned-process.js";
import { ensureReplicaSet, toMongodbUri } from "./replica-set.js";
import type { StartContext } from "./start-context.js";
import { waitReady } from "./wait-ready.js";

export interface MongodbNodeOptions {
  readonly mongod: string;
  readonly port: number;
}

/** The folder of the MongoDB node in a stack's folder. */
export function mongodbDir(stackDir: string): string {
  return join(stackDir, "mongodb");
}

/** Starts one MongoDB server on its kept data and waits until it is the primary of its replica set. */
export async function startMongodbNode(
  { mongod, port }: MongodbNodeOptions,
  context: StartContext,
): Promise<OwnedProcess> {
  const dir = mongodbDir(context.dir);
  const dataDir = join(dir, "data");
  await mkdir(dataDir, { recursive: true });
  const logFile = join(dir, "mongod.log");
  const node = await OwnedProcess.start({
    name: "MongoDB",
    command: mongod,
    args: [
      ...["--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", String(port), "--dbpath", dataDir],
      ...["--wiredTigerCacheSizeGB", "0.5", "--oplogSize", "1024"],
      // A socket file in the system's temporary folder would outlive a kill.
      "--nounixsocket",
      // There is no other member that could take over: a stop need not wait for one (default 15 s).
      ...["--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"],
      ...["--setParameter", "diagnosticDataCollectionEnabled=false"],
    ],
    env: context.env,
    pidFile: join(dir, "pid.json"),
    marker: `--dbpath ${dataDir}`,
    output: { kind: "file", path: logFile },
  });
  const uri = toMongodbUri(port);
  await waitReady({ name: "MongoDB", node, logFile, signal: context.signal }, () =>
    ensureReplicaSet(uri, `127.0.0.1:${port}`),
  );
  return node;
}
