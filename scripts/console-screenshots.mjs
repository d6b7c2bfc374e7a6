/** `npm run console:screenshots`: makes docs/console anew, in a real browser on the real stack. */
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

const OWN = [
  "--selectProjects",
  "console",
  "--runInBand",
  "--testMatch",
  "**/test/console/screenshots/*.ts",
  "--",
];

await runMain((terminal, signal) => runTests([...OWN, "screenshots"], terminal, signal), 130);
