import { readdirSync, readFileSync } from "node:fs";

/** Variable that every process of a test run inherits; its value names the run. */
export const RUN_VARIABLE = "HOOKLANE_TEST_RUN";

/**
 * Kills what a test run has left: processes whose environment names the run, and no others. Gives their command lines.
 * Only Linux shows the environment of a process; elsewhere it finds nothing.
 */
export function reapProcesses(runId) {
  const wanted = `${RUN_VARIABLE}=${runId}`;
  const found = listPids().filter((pid) => pid !== process.pid && readProc(pid, "environ").includes(wanted));
  return found.map((pid) => {
    const command = readProc(pid, "cmdline").join(" ").trim();
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself in this moment.
    }
    return command;
  });
}

function listPids() {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** The strings in `/proc/<pid>/<file>`; none when the process is gone or another user's. */
function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
  } catch {
    return [];
  }
}
