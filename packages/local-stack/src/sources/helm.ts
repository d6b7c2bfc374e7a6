import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../processes/run-command.js";
import { fillCacheEntry } from "./cache.js";
import { failureOf } from "./download-failure.js";
import { firstAvailable, namedByVariable, type Source, type SourceAnswer } from "./first-available.js";
import { NO_GO } from "./go-module.js";
import type { SourceContext } from "./source-context.js";

const VERSION = "v3.22.0";
const CACHE_ENTRY = `helm-${VERSION}`;
/** The program; what Go keeps of its own lies elsewhere. */
const BYTES_NEEDED = 120_000_000;

const WANTED_HELM = {
  what: "Helm",
  remedy:
    "install Helm 3 (https://helm.sh/docs/intro/install) and name it in HELM_BINARY, or Go 1.26 or later, which builds it",
};

/** Finds Helm 3: `HELM_BINARY`, PATH, the cache, then built by Go, which takes some minutes, once. */
export function findHelm(context: SourceContext): Promise<string> {
  const { env, progress } = context;
  const sources: readonly Source<string>[] = [
    namedByVariable("HELM_BINARY", env, (helm) => checkHelm(helm, env)),
    { name: "helm on PATH", find: () => checkHelm("helm", env) },
    { name: "Helm in the cache", find: () => findCached(context) },
    { name: "Helm built by Go", find: () => build(context) },
  ];
  return firstAvailable(WANTED_HELM, sources, progress);
}

/** Another major version orders and writes manifests otherwise. */
async function checkHelm(helm: string, env: NodeJS.ProcessEnv): Promise<SourceAnswer<string>> {
  const result = await runCommand(helm, ["version", "--template", "{{.Version}}"], {
    env,
    timeoutMs: 20_000,
  });
  if (result.kind === "not_found") return { kind: "unavailable", reason: "is not there" };
  if (result.kind === "interrupted" || result.code !== 0)
    return { kind: "unavailable", reason: "does not run here" };
  const version = result.stdout.trim();
  return version.startsWith("v3.")
    ? { kind: "found", value: helm, detail: version }
    : { kind: "unavailable", reason: `is ${version}, not Helm 3` };
}

function findCached({ cacheDir, env }: SourceContext): Promise<SourceAnswer<string>> {
  const helm = join(cacheDir, CACHE_ENTRY, "helm");
  if (!existsSync(helm)) return Promise.resolve({ kind: "unavailable", reason: "none" });
  return checkHelm(helm, env);
}

/** Go checks what it downloads against its checksum database. */
async function build(context: SourceContext): Promise<SourceAnswer<string>> {
  const { cacheDir, env, signal, progress } = context;
  const go = await runCommand("go", ["version"], { env, timeoutMs: 20_000 });
  if (go.kind !== "exited" || go.code !== 0) return { kind: "unavailable", reason: NO_GO };
  progress(`building Helm ${VERSION} (3 minutes of a core, 2 GB of Go's own caches)`);
  const answer = await fillCacheEntry(cacheDir, CACHE_ENTRY, BYTES_NEEDED, async (staging) => {
    const target = `helm.sh/helm/v3/cmd/helm@${VERSION}`;
    // At low priority: somebody may be working here.
    const install = ["-n", "15", "go", "install", "-trimpath", "-ldflags=-s -w", target];
    const built = await runCommand("nice", install, {
      env: { ...env, GOBIN: staging, GOFLAGS: "-mod=mod -buildvcs=false", CGO_ENABLED: "0" },
      cwd: staging,
      signal,
    });
    return failureOf(built, staging);
  });
  return answer.kind === "failed" ? { kind: "unavailable", reason: answer.reason } : findCached(context);
}
