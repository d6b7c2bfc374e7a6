import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { inspectProcess } from "../processes/process-identity.js";
import { hasSystemCode, StackError } from "../stack-error.js";
import { toMegabytes } from "../progress.js";

/** A file that is what it should be only with this digest. */
export interface PinnedFile {
  readonly name: string;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Where downloads are kept between runs and between work trees. `HOOKLANE_CACHE` moves it. */
export function findCacheDir(env: NodeJS.ProcessEnv): string {
  const { HOOKLANE_CACHE: given, XDG_CACHE_HOME: xdg } = env;
  if (given !== undefined && given !== "") return given;
  return join(xdg !== undefined && xdg !== "" ? xdg : join(homedir(), ".cache"), "hooklane");
}

/** What came of filling a cache entry: its folder, or in one line why there is none. */
export type CacheAnswer =
  { readonly kind: "filled"; readonly dir: string } | { readonly kind: "failed"; readonly reason: string };

/**
 * Makes `cacheDir/name` with `fill`, which works in a folder aside and gives the reason when it could not. The folder gets
 * its name only when `fill` is done, so that an interrupted download never looks like a finished one. Of two that do it
 * at once, the first one's stays.
 */
export async function fillCacheEntry(
  cacheDir: string,
  name: string,
  bytesNeeded: number,
  fill: (stagingDir: string) => Promise<string | undefined>,
): Promise<CacheAnswer> {
  const dir = join(cacheDir, name);
  const staging = join(cacheDir, `${STAGING_PREFIX}${process.pid}-${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    await discardAbandonedStaging(cacheDir);
    await assertFreeSpace(cacheDir, bytesNeeded);
    const reason = await fill(staging);
    if (reason !== undefined) return { kind: "failed", reason };
    await rm(dir, { recursive: true, force: true });
    await rename(staging, dir);
    return { kind: "filled", dir };
  } catch (error) {
    if (hasSystemCode(error, "ENOTEMPTY", "EEXIST")) return { kind: "filled", dir };
    if (hasSystemCode(error, "ENOSPC", "EDQUOT")) throw diskFull(cacheDir, bytesNeeded, error);
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Says so when the disk cannot hold what is about to be written; a download that fails half-way explains less. */
export async function assertFreeSpace(dir: string, bytesNeeded: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize < bytesNeeded) throw diskFull(dir, bytesNeeded);
}

/** The first of `files` in `dir` that is missing or not what it should be; `undefined` when all are right. */
export async function findWrongFile(
  dir: string,
  files: readonly PinnedFile[],
): Promise<PinnedFile | undefined> {
  const right = await Promise.all(
    files.map(async (file) => (await sha256Of(join(dir, file.name))) === file.sha256),
  );
  return files.find((_, index) => right[index] !== true);
}

/** SHA-256 of a file in lower-case hex; `undefined` when there is no such file. */
async function sha256Of(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
  } catch {
    return undefined;
  }
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}

/** Fails when a downloaded file is not the pinned one. */
export async function assertPinned(path: string, sha256: string): Promise<void> {
  const found = await sha256Of(path);
  if (found !== sha256) {
    throw new StackError(
      "bad_download",
      `${basename(path)} is not the pinned file (sha256 ${found ?? "none"}, expected ${sha256}); it was discarded`,
    );
  }
}

/** Names of staging folders begin so, followed by the number of the process that fills them. */
const STAGING_PREFIX = "partial-";

/** Removes what processes that are gone have left half-done. */
async function discardAbandonedStaging(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = new RegExp(`^${STAGING_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && inspectProcess(Number(pid)) === undefined) {
      await rm(join(cacheDir, name), { recursive: true, force: true });
    }
  }
}

function diskFull(dir: string, bytesNeeded: number, cause?: unknown): StackError {
  return new StackError("disk_full", `disk full: ${dir} needs ${toMegabytes(bytesNeeded)} of free space`, {
    cause,
  });
}
