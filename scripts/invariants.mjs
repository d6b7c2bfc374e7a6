/**
 * `npm run test:invariants`, `npm run test:invariants -- -t "kill -9"`: installs, builds, starts the real stack and runs the
 * faults of `test/invariants` on it, one at a time. Leaves no process and no file behind.
 */
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

const OWN = ["--config", "test/invariants/jest.config.mjs", "--runInBand", "--verbose"];

await runMain((terminal, signal) => runTests([...OWN, ...process.argv.slice(2)], terminal, signal), 130);
