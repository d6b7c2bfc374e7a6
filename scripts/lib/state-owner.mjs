import { importPackage, runDir, stackDir, startPidFile } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** A part of the command line of every start. */
const MARKER = "start.mjs";

/** Fails when a start is running: two on the same data would end each other's processes. */
export async function assertNobodyRuns() {
  const { isRecordedProcess, readPidFile } = await importPackage("local-stack");
  const record = readPidFile(startPidFile);
  if (record !== undefined && isRecordedProcess(record)) {
    throw new UserError(`Hooklane runs here already (process ${record.pid}); stop it first`);
  }
}

/** Takes the data for this process, and gives the function that lets go of it. */
export async function takeOwnership() {
  await assertNobodyRuns();
  const { removePidFile, writePidFile } = await importPackage("local-stack");
  writePidFile(startPidFile, process.pid, MARKER);
  return () => removePidFile(startPidFile);
}

/** Stops what a start that was killed has left running, and says so. */
export async function stopLeftoversOfAll(terminal) {
  const { stopLeftovers, stopLeftoverServices } = await importPackage("local-stack");
  const services = await stopLeftoverServices(runDir);
  const nodes = await stopLeftovers(stackDir);
  const found = [...services, ...nodes];
  if (found.length > 0) terminal.say(`stopped what an earlier start had left running: ${found.join(", ")}`);
}
