import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { runCommand } from "../processes/run-command.js";
import { fillCacheEntry } from "./cache.js";
import { failureOf } from "./download-failure.js";
import { firstAvailable, type SourceAnswer } from "./first-available.js";
import type { SourceContext } from "./source-context.js";

/** Why there is nothing from Go. */
export const NO_GO = "needs go";

/** Files out of a Go module of one version. */
export interface GoModuleFiles {
  readonly module: string;
  readonly version: string;
  /** Paths within the module. */
  readonly files: readonly string[];
}

const BYTES_NEEDED = 10_000_000;

/** Finds files of a Go module, in the cache or through Go, which checks them against its checksum database. @returns their paths */
export function findModuleFiles(wanted: GoModuleFiles, context: SourceContext): Promise<readonly string[]> {
  const what = `${wanted.module}@${wanted.version}`;
  return firstAvailable(
    { what, remedy: "install Go (https://go.dev/doc/install)" },
    [
      { name: "in the cache", find: () => Promise.resolve(findCached(wanted, context.cacheDir)) },
      { name: "as a Go module", find: () => download(wanted, context) },
    ],
    context.progress,
  );
}

const entryOf = ({ module, version }: GoModuleFiles): string => `${module.replaceAll("/", "-")}-${version}`;

function findCached(wanted: GoModuleFiles, cacheDir: string): SourceAnswer<readonly string[]> {
  const paths = wanted.files.map((file) => join(cacheDir, entryOf(wanted), basename(file)));
  return paths.every((path) => existsSync(path))
    ? { kind: "found", value: paths, detail: wanted.version }
    : { kind: "unavailable", reason: "none" };
}

async function download(
  wanted: GoModuleFiles,
  context: SourceContext,
): Promise<SourceAnswer<readonly string[]>> {
  const { cacheDir, env, signal } = context;
  const answer = await fillCacheEntry(cacheDir, entryOf(wanted), BYTES_NEEDED, async (staging) => {
    const args = ["mod", "download", "-json", `${wanted.module}@${wanted.version}`];
    const result = await runCommand("go", args, {
      env: { ...env, GOFLAGS: "-mod=mod" },
      cwd: staging,
      signal,
    });
    if (result.kind === "not_found") return NO_GO;
    const failure = failureOf(result, staging);
    if (failure !== undefined || result.kind !== "exited") return failure;
    const { Dir: dir } = JSON.parse(result.stdout) as { readonly Dir: string };
    for (const file of wanted.files) await copyFile(join(dir, file), join(staging, basename(file)));
    return undefined;
  });
  return answer.kind === "failed"
    ? { kind: "unavailable", reason: answer.reason }
    : findCached(wanted, cacheDir);
}
