/** `npm run reset`: wipes what a local start keeps, after stopping what a killed one has left running. */
import { existsSync, rmSync } from "node:fs";
import { installAndBuild } from "./lib/install.mjs";
import { runMain } from "./lib/main.mjs";
import { importPackage, stackDir, stateDir } from "./lib/paths.mjs";
import { assertNobodyRuns, stopLeftoversOfAll } from "./lib/state-owner.mjs";

await runMain(async (terminal, signal) => {
  if (!existsSync(stateDir)) {
    terminal.say("nothing to wipe");
    return;
  }
  await installAndBuild(terminal, signal);
  await assertNobodyRuns();
  await stopLeftoversOfAll(terminal);
  const { wipeStack } = await importPackage("local-stack");
  // Data may be in volumes of a Docker engine as well.
  await wipeStack(stackDir, { onProgress: (line) => terminal.say(`stack: ${line}`) });
  rmSync(stateDir, { recursive: true });
  terminal.say(`wiped ${stateDir}`);
});
