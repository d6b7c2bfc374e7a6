import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findCacheDir } from "@hooklane/local-stack";

const run = promisify(execFile);

export const REPOSITORY = fileURLToPath(new URL("../../../../", import.meta.url));

/** A built repository of the release before. */
export interface PreviousRelease {
  /** How it is called: a tag, a commit, or `this build`. */
  readonly name: string;
  readonly dir: string;
}

/**
 * The release before: `HOOKLANE_PREVIOUS` (a tag or a commit), otherwise the newest tag `v*` that is not this commit. Built
 * once, in the cache. Before there was a release it is this very build, so that what surrounds it is tried.
 */
export async function findPreviousRelease(env: NodeJS.ProcessEnv = process.env): Promise<PreviousRelease> {
  const { HOOKLANE_PREVIOUS: given = "" } = env;
  const ref = given === "" ? await newestOtherTag() : given;
  if (ref === undefined) return { name: "this build", dir: REPOSITORY };
  const commit = await git("rev-parse", "--verify", `${ref}^{commit}`);
  const dir = join(findCacheDir(env), "releases", commit);
  if (!existsSync(dir)) await build(commit, dir);
  return { name: ref, dir };
}

async function newestOtherTag(): Promise<string | undefined> {
  const tags = (await git("tag", "--list", "v*", "--sort=-version:refname")).split("\n");
  const here = (await git("tag", "--points-at", "HEAD")).split("\n");
  return tags.find((tag) => tag !== "" && !here.includes(tag));
}

/** In a folder aside that gets its name once it is built. */
async function build(commit: string, dir: string): Promise<void> {
  const aside = `${dir}.${process.pid}`;
  const say = (line: string) => process.stderr.write(`release ${commit.slice(0, 10)}: ${line}\n`);
  await mkdir(aside, { recursive: true });
  try {
    const tar = `${aside}.tar`;
    await git("archive", "--format=tar", "--output", tar, commit);
    await run("tar", ["-xf", tar, "-C", aside]);
    await rm(tar);
    say("installing packages");
    await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], {
      cwd: aside,
    });
    say("building");
    const options = { cwd: aside, maxBuffer: 64 * 1024 * 1024 };
    await run(join(aside, "node_modules/.bin/turbo"), ["run", "build", "--filter=./apps/*"], options);
    await rename(aside, dir);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function git(...args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", args, { cwd: REPOSITORY });
  return stdout.trim();
}
