/**
 * `npm run record-release`, once for each release, before its tag: has the services write records to all topics and documents
 * to all collections, and keeps them in test/ops/upgrade/fixtures for the tests of all releases to come (docs/upgrading.md).
 */
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

const OWN = [
  "--selectProjects",
  "ops",
  "--runInBand",
  "--testMatch",
  "**/test/ops/upgrade/record-release.ts",
  "--",
];

await runMain((terminal, signal) => runTests([...OWN, "record-release"], terminal, signal), 130);
