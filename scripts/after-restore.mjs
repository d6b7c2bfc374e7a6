/**
 * `npm run after-restore -- --taken 2026-01-15T10:00:00Z`: after MongoDB was restored from the dump begun then, and before
 * any service starts. What it does, and what else a restoring takes: docs/backup.md.
 */
import { afterRestore } from "./lib/after-restore.mjs";
import { installAndBuild } from "./lib/install.mjs";
import { runMain } from "./lib/main.mjs";

await runMain(async (terminal, signal) => {
  await installAndBuild(terminal, signal);
  return afterRestore(process.argv.slice(2), terminal);
}, 130);
