import { spawn } from "node:child_process";

/** Characters of output kept for a message about a failure, at each end: some programs say why first, others last. */
const KEPT_CHARACTERS = 3_000;

/** Time a program has to end by itself once we stop, in milliseconds. */
const END_LIMIT_MS = 10_000;

/**
 * Runs a program to its end in a process group of its own, so that a Ctrl-C reaches us alone and we end it.
 *
 * @param {object} options
 * @param {"keep" | "show"} options.output keep the end of it for a message, or pass it through as it comes
 * @returns {Promise<{code: number | null, output: string}>} code null: it was ended by a signal
 */
export function runToEnd(command, args, { cwd, env, signal, output }) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stdio = output === "show" ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"];
    const child = spawn(command, args, { cwd, env, detached: true, stdio });
    let head = "";
    let tail = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (chunk) => {
        const room = KEPT_CHARACTERS - head.length;
        head += chunk.slice(0, room);
        tail = (tail + chunk.slice(room)).slice(-KEPT_CHARACTERS);
      });
    }
    let late;
    const end = () => {
      endGroup(child.pid, "SIGTERM");
      late = setTimeout(() => endGroup(child.pid, "SIGKILL"), END_LIMIT_MS);
    };
    signal.addEventListener("abort", end, { once: true });
    child.once("error", reject);
    child.once("exit", () => {
      // What it has left in its group would hold the pipes open, or stay for good.
      endGroup(child.pid, "SIGKILL");
    });
    child.once("close", (code) => {
      clearTimeout(late);
      signal.removeEventListener("abort", end);
      resolve({ code, output: (head + tail).trimEnd() });
    });
  });
}

/** Signals a process group; one that is gone is no fault. */
function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
