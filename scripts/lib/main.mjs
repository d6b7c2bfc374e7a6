import { listenForStop, StopRequested } from "./stop-signal.mjs";
import { Terminal } from "./terminal.mjs";
import { UserError } from "./user-error.mjs";

/**
 * Runs a script to its end: stop signals abort its work, a fault the user can mend is one line, any other keeps its stack.
 *
 * @param {(terminal: Terminal, signal: AbortSignal) => Promise<number | void>} work gives the exit code; nothing means 0
 * @param {number} codeWhenStopped exit code when a signal ended the work
 */
export async function runMain(work, codeWhenStopped = 0) {
  const terminal = new Terminal();
  const signal = listenForStop((name) => terminal.say(`${name}: stopping`));
  let code;
  try {
    code = (await work(terminal, signal)) ?? 0;
  } catch (error) {
    code = toExitCode(error, signal, codeWhenStopped);
  }
  // Not left to the event loop: a connection of a driver that still closes must not hold up the terminal.
  process.exit(code);
}

function toExitCode(error, signal, codeWhenStopped) {
  // What gives up because of a stop does so in its own words.
  if (error instanceof StopRequested || signal.aborted) return codeWhenStopped;
  // Those of packages, which may not be built yet, are known by their names here, and refusals by their remedies.
  const isForUser = error instanceof UserError || ["StackError", "StartupError"].includes(error.name);
  if (typeof error.remedy === "string") console.error(`${error.message}\n${error.remedy}`);
  else console.error(isForUser ? error.message : error);
  return 1;
}
