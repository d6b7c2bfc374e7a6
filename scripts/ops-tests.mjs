/**
 * `npm run test:ops`, `npm run test:ops -- test/ops/alerts`: installs, builds, starts the real stack and runs what operators
 * are given: alert rules with promtool, every query of every dashboard on a real Prometheus, the chart. What it needs
 * and the machine has not is fetched into the cache.
 */
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

const OWN = ["--selectProjects", "ops", "--runInBand", "--verbose", "--"];

await runMain((terminal, signal) => runTests([...OWN, ...process.argv.slice(2)], terminal, signal), 130);
