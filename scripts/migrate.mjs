/**
 * `npm run migrate`: readies the database that MONGODB_URI and MONGODB_DATABASE name, or that of the local start, for this
 * release, while the services of the release before run. When: docs/upgrading.md.
 */
import { readDatabase } from "./lib/database.mjs";
import { installAndBuild } from "./lib/install.mjs";
import { runMain } from "./lib/main.mjs";
import { migrate } from "./lib/migrate.mjs";

await runMain(async (terminal, signal) => {
  await installAndBuild(terminal, signal);
  await migrate(readDatabase(process.env), terminal, signal);
}, 130);
