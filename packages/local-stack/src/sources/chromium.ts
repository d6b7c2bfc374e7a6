import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runCommand } from "../processes/run-command.js";
import {
  firstAvailable,
  namedByVariable,
  type Source,
  type SourceAnswer,
  type Wanted,
} from "./first-available.js";
import type { SourceContext } from "./source-context.js";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

const PACKAGE = "chromium";
const INSTALL_LIMIT_MS = 300_000;

const WANTED_CHROMIUM: Wanted = {
  what: "Chromium",
  remedy:
    "install Chromium (Debian: apt-get install chromium) or Google Chrome, and name its program in CHROMIUM_BINARY where it is not on PATH",
};

/**
 * Finds a Chromium: `CHROMIUM_BINARY`, PATH, then Debian's package, which is installed where that is allowed: unlike other
 * programs it needs a hundred packages beside itself.
 *
 * @returns its path
 */
export function findChromium(context: SourceContext): Promise<string> {
  const { env, progress } = context;
  const sources: readonly Source<string>[] = [
    namedByVariable("CHROMIUM_BINARY", env, (program) => checkChromium(program, env)),
    ...NAMES.map((name) => ({ name: `${name} on PATH`, find: () => findOnPath(name, env) })),
    { name: "Debian's package", find: () => install(context) },
  ];
  return firstAvailable(WANTED_CHROMIUM, sources, progress);
}

function findOnPath(name: string, env: NodeJS.ProcessEnv): Promise<SourceAnswer<string>> {
  const places = (env.PATH ?? "").split(delimiter).map((dir) => join(dir, name));
  const program = places.find((place) => existsSync(place));
  return program === undefined
    ? Promise.resolve({ kind: "unavailable", reason: "is not there" })
    : checkChromium(program, env);
}

async function checkChromium(program: string, env: NodeJS.ProcessEnv): Promise<SourceAnswer<string>> {
  const result = await runCommand(program, ["--version"], { env, timeoutMs: 30_000 });
  if (result.kind === "not_found") return { kind: "unavailable", reason: "is not there" };
  if (result.kind === "interrupted" || result.code !== 0)
    return { kind: "unavailable", reason: "does not run here" };
  return { kind: "found", value: program, detail: result.stdout.trim() };
}

async function install({ env, signal, progress }: SourceContext): Promise<SourceAnswer<string>> {
  if (process.getuid?.() !== 0) return { kind: "unavailable", reason: "only root can install it" };
  const options = {
    env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
    signal,
    timeoutMs: INSTALL_LIMIT_MS,
  };
  progress("installing Debian's package chromium (about 100 MB)");
  const arguments_ = ["install", "--yes", "--no-install-recommends", PACKAGE];
  const first = await runCommand("apt-get", arguments_, options);
  if (first.kind === "not_found") return { kind: "unavailable", reason: "needs apt-get" };
  if (first.kind === "interrupted" || first.code !== 0) {
    // A new image has no list of packages, an old machine one that names what is gone.
    await runCommand("apt-get", ["update"], options);
    await runCommand("apt-get", arguments_, options);
  }
  return findOnPath(PACKAGE, env);
}
