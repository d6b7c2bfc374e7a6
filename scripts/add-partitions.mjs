/**
 * `npm run add-partitions -- --deliveries 24 --events 12`: gives the topics `deliveries.v1` and `events.v1` so many
 * partitions, while the services run. `--dry-run` says what would be done. When and how many: docs/operations.md.
 */
import { addPartitions } from "./lib/add-partitions.mjs";
import { installAndBuild } from "./lib/install.mjs";
import { runMain } from "./lib/main.mjs";

await runMain(async (terminal, signal) => {
  await installAndBuild(terminal, signal);
  return addPartitions(process.argv.slice(2), terminal, signal);
}, 130);
