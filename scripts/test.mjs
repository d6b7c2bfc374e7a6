/**
 * `npm test`, `npm test -- <arguments of jest>`: installs, builds, starts the real stack and runs the tests on it. Leaves
 * no process and no file behind.
 */
import { runMain } from "./lib/main.mjs";
import { runTests } from "./lib/run-tests.mjs";

await runMain((terminal, signal) => runTests(process.argv.slice(2), terminal, signal), 130);
