/**
 * `npm run test:api-contract`: installs, builds, starts the real stack and the services, and holds them against their own
 * OpenAPI document with some thousand requests. `-- --seed 7 --operation createWebhook --path 3:1` makes what was found
 * again, `-- --runs 1000 --seconds 300 --operation createTag,deleteTag` looks longer, at these calls alone.
 */
import { parseArgs } from "node:util";
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

const options = Object.fromEntries(
  ["seed", "runs", "seconds", "operation", "path"].map((name) => [name, { type: "string" }]),
);
const { values } = parseArgs({ options });
process.env.API_CONTRACT = "thorough";
for (const [name, value] of Object.entries(values)) process.env[`API_CONTRACT_${name.toUpperCase()}`] = value;

await runMain(
  (terminal, signal) => runTests(["--selectProjects", "e2e", "--", "test/api-contract"], terminal, signal),
  130,
);
