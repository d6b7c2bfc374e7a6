import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { UserError } from "./user-error.mjs";

/** Installs what is missing and builds what changed. Uses nothing that has to be installed before. */
export async function installAndBuild(terminal, signal) {
  assertNodeVersion(process.versions.node);
  if (isInstalled(readJson("package-lock.json"), readJson("node_modules/.package-lock.json"))) {
    terminal.say("packages: installed as in package-lock.json");
  } else {
    await terminal.step("installing packages (npm ci)", () => npmCi(signal));
  }
  await terminal.step("building (turbo)", () => build(signal));
}

/** Fails on a release of Node that the packages do not support. */
export function assertNodeVersion(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 24 || major < 20 || (major === 20 && minor < 19)) {
    throw new UserError(`Node ${version} is not supported; use a release from 20.19 up to 24`);
  }
}

/**
 * True when the installed packages are those of the lock file. npm keeps a lock file of what it has put into
 * node_modules, written last; so a half-done or an outdated installation shows. Packages for other platforms may be absent.
 */
export function isInstalled(wanted, installed) {
  if (wanted?.packages === undefined || installed?.packages === undefined) return false;
  return Object.entries(wanted.packages)
    .filter(([path]) => path.includes("node_modules/"))
    .every(([path, entry]) => {
      const found = installed.packages[path];
      if (found === undefined) return entry.optional === true || entry.devOptional === true;
      return found.version === entry.version && found.integrity === entry.integrity;
    });
}

async function npmCi(signal) {
  // Run through npm, the npm at work is named; otherwise the one on PATH is meant.
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm === undefined ? ["npm"] : [process.execPath, npm];
  await runOrFail("npm ci", command, [...args, "ci", "--no-audit", "--no-fund"], signal);
}

async function build(signal) {
  const turbo = join(root, "node_modules", ".bin", "turbo");
  await runOrFail("the build", turbo, ["run", "build", "--output-logs=errors-only"], signal);
}

async function runOrFail(what, command, args, signal) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  const { code, output } = await runToEnd(command, args, { cwd: root, env, signal, output: "keep" });
  signal.throwIfAborted();
  if (code !== 0) throw new UserError(`${what} failed:\n${output}`);
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8"));
  } catch {
    return undefined;
  }
}
