import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type CommandResult, runCommand } from "../processes/run-command.js";
import { fillCacheEntry } from "./cache.js";
import { failureOf } from "./download-failure.js";
import {
  firstAvailable,
  namedByVariable,
  type Source,
  type SourceAnswer,
  type Wanted,
} from "./first-available.js";
import type { SourceContext } from "./source-context.js";

/** Prometheus and what tests its rules; both of one version. Paths, or names to be looked up on PATH. */
export interface Prometheus {
  readonly server: string;
  readonly promtool: string;
}

/** Older ones lack what the rules' tests use. */
const OLDEST = { major: 2, minor: 40 };

/** Debian's and Ubuntu's package holds statically built programs, which need nothing else of it. */
const PACKAGE = "prometheus";
const CACHE_ENTRY = "prometheus-debian";
const BYTES_NEEDED = 250_000_000;

const WANTED_PROMETHEUS: Wanted = {
  what: "Prometheus",
  remedy:
    "install prometheus 2.40 or later with promtool beside it (Debian, Ubuntu: apt-get install prometheus; others: the archive or the image prom/prometheus of its makers) and name it in PROMETHEUS_BINARY",
};

/** Finds Prometheus: `PROMETHEUS_BINARY`, PATH, then Debian's package, unpacked into the cache; nothing is installed. */
export function findPrometheus(context: SourceContext): Promise<Prometheus> {
  const { env, progress } = context;
  const onPath: Prometheus = { server: "prometheus", promtool: "promtool" };
  const sources: readonly Source<Prometheus>[] = [
    namedByVariable("PROMETHEUS_BINARY", env, (server) => {
      const promtool = join(dirname(server), "promtool");
      return checkPrometheus({ server, promtool }, env);
    }),
    { name: "prometheus on PATH", find: () => checkPrometheus(onPath, env) },
    { name: "Debian's package in the cache", find: () => findCached(context) },
    { name: "Debian's package", find: () => download(context) },
  ];
  return firstAvailable(WANTED_PROMETHEUS, sources, progress);
}

/** The version in what `prometheus --version` prints, such as `2.42.0`; `undefined` when it is something else. */
export function parsePrometheusVersion(output: string): string | undefined {
  return /^(?:prometheus|promtool), version (\d+\.\d+\.\d+)/m.exec(output)?.[1];
}

async function checkPrometheus(
  prometheus: Prometheus,
  env: NodeJS.ProcessEnv,
): Promise<SourceAnswer<Prometheus>> {
  const versions: (string | undefined)[] = [];
  for (const program of [prometheus.server, prometheus.promtool]) {
    const result = await runCommand(program, ["--version"], { env, timeoutMs: 20_000 });
    if (result.kind === "not_found") return { kind: "unavailable", reason: `${program} is not there` };
    if (result.kind === "interrupted" || result.code !== 0)
      return { kind: "unavailable", reason: `${program} does not run here` };
    versions.push(parsePrometheusVersion(result.stdout + result.stderr));
  }
  const [version] = versions;
  if (version === undefined) return { kind: "unavailable", reason: "has no version that can be read" };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor))
    return { kind: "unavailable", reason: `is ${version}, too old` };
  return { kind: "found", value: prometheus, detail: version };
}

function findCached({ cacheDir, env }: SourceContext): Promise<SourceAnswer<Prometheus>> {
  const bin = join(cacheDir, CACHE_ENTRY, "usr", "bin");
  const prometheus = { server: join(bin, "prometheus"), promtool: join(bin, "promtool") };
  if (!existsSync(prometheus.server)) return Promise.resolve({ kind: "unavailable", reason: "none" });
  return checkPrometheus(prometheus, env);
}

/** apt-get checks what it downloads against the signed list of its packages; which version that is, is the system's. */
async function download(context: SourceContext): Promise<SourceAnswer<Prometheus>> {
  const { cacheDir, env, signal, progress } = context;
  const apt = await runCommand("apt-get", ["--version"], { env, timeoutMs: 20_000 });
  if (apt.kind !== "exited" || apt.code !== 0) return { kind: "unavailable", reason: "needs apt-get" };
  progress("downloading Debian's package prometheus (20 MB)");
  const answer = await fillCacheEntry(cacheDir, CACHE_ENTRY, BYTES_NEEDED, async (staging) => {
    const downloads = join(staging, "downloads");
    await mkdir(downloads);
    const failure = failureOf(await downloadPackage(downloads, context), staging);
    if (failure !== undefined) return failure;
    const [file] = (await readdir(downloads)).filter((name) => name.endsWith(".deb"));
    if (file === undefined) return "apt-get left no package";
    const unpack = ["-x", join(downloads, file), staging];
    const unpacked = await runCommand("dpkg-deb", unpack, { env, signal });
    await rm(downloads, { recursive: true });
    return failureOf(unpacked, staging);
  });
  return answer.kind === "failed" ? { kind: "unavailable", reason: answer.reason } : findCached(context);
}

/** Where the system has no list of packages, as in a new image, one is read into a folder of our own: that needs no root. */
async function downloadPackage(dir: string, { env, signal }: SourceContext): Promise<CommandResult> {
  const options = { env, signal, cwd: dir };
  const downloaded = await runCommand("apt-get", ["download", PACKAGE], options);
  if (downloaded.kind !== "exited" || downloaded.code === 0) return downloaded;
  const state = ["-o", `Dir::State=${join(dir, "state")}`, "-o", `Dir::Cache=${join(dir, "cache")}`];
  await Promise.all(
    [join("state", "lists", "partial"), join("cache", "archives", "partial")].map((folder) =>
      mkdir(join(dir, folder), { recursive: true }),
    ),
  );
  const updated = await runCommand("apt-get", [...state, "update"], options);
  if (updated.kind !== "exited" || updated.code !== 0) return updated;
  return runCommand("apt-get", [...state, "download", PACKAGE], options);
}
