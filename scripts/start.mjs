/**
 * `npm start`: installs, builds, starts the stack, the services and the demo, and stays in the foreground (api.md §1).
 * Plain Node: nothing has to be installed before.
 */
import { runMain } from "./lib/main.mjs";
import { startHooklane } from "./lib/start-hooklane.mjs";

await runMain(startHooklane);
