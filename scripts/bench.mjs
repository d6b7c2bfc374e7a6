/**
 * `npm run bench -- <scenario>`: builds what changed and runs the load tests of `test/load` (docs: design of the
 * benchmarks in the README there). Plain Node without dependencies.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program to its end with our standard streams; resolves with its exit code. */
function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  // The terminal sends Ctrl-C to the child as well; it cleans up, we wait for it.
  const forward = (signal) => child.kill(signal);
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", forward);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => {
      process.off("SIGTERM", forward);
      resolve(code ?? 1);
    });
  });
}

const built = await run(process.execPath, [
  "node_modules/turbo/bin/turbo",
  "run",
  "build",
  "--output-logs=errors-only",
]);
process.exitCode =
  built === 0 ? await run(process.execPath, ["test/dist/load/main.js", ...process.argv.slice(2)]) : built;
