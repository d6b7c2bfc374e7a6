/**
 * `npm run simulate -- --seeds N [--first K]`: plays the delivery protocol in virtual time, the production code of
 * packages/lanes with faults around it. `--seed N --trace` prints what happened in one run. `--mutations` takes one rule
 * after the other out of a copy of the code and tells how many seeds it takes to notice.
 */
import { runMain } from "./lib/main.mjs";
import { simulate } from "./lib/simulation/simulate.mjs";

await runMain((terminal, signal) => simulate(process.argv.slice(2), terminal, signal), 130);
