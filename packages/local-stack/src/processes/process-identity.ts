import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What tells a process from any other that may get the same number later. */
export interface ProcessIdentity {
  /** Start time of the process, with the boot it belongs to. No two processes share both this and the number. */
  readonly fingerprint: string;
  /** Program and arguments, separated by spaces. */
  readonly commandLine: string;
}

/** Looks a process up by number; `undefined` when it is gone (one that nobody has waited for yet counts as gone). */
export function inspectProcess(pid: number): ProcessIdentity | undefined {
  return process.platform === "linux" ? inspectByProc(pid) : inspectByPs(pid);
}

function inspectByProc(pid: number): ProcessIdentity | undefined {
  try {
    const { state, threads, startTicks } = parseProcStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
    // A program whose first thread has ended is not gone: its other threads still hold files and ports.
    if ((state === "Z" || state === "X") && threads <= 1) return undefined;
    const bootId = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { fingerprint: `${bootId}:${startTicks}`, commandLine };
  } catch {
    // The process ended, before or between the reads.
    return undefined;
  }
}

/** What is read of `/proc/<pid>/stat`. */
export interface ProcStat {
  readonly state: string;
  readonly threads: number;
  /** Clock ticks from the boot to the start. */
  readonly startTicks: string;
}

/** Reads fields 3, 20 and 22 of `/proc/<pid>/stat`; the name in field 2 may hold spaces and brackets. */
export function parseProcStat(stat: string): ProcStat {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, threads, startTicks] = [fields[0], fields[17], fields[19]];
  if (state === undefined || threads === undefined || startTicks === undefined) {
    throw new Error("not a line of /proc/<pid>/stat");
  }
  return { state, threads: Number(threads), startTicks };
}

function inspectByPs(pid: number): ProcessIdentity | undefined {
  try {
    const output = execFileSync("ps", ["-ww", "-o", "stat=,lstart=,command=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, LC_ALL: "C" },
    });
    // "Ss   Sun Nov 22 17:38:39 2026 java -cp …": the start time has five words.
    const [state, ...words] = output.trim().split(/\s+/);
    if (state === undefined || state.startsWith("Z")) return undefined;
    return { fingerprint: words.slice(0, 5).join(" "), commandLine: words.slice(5).join(" ") };
  } catch {
    return undefined;
  }
}
