import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What a process used so far. */
export interface Usage {
  /** User and system time of all its threads, microseconds; the kernel counts in steps of 10 ms. */
  readonly cpuUs: number;
  /** Proportional set size, bytes: shared pages are counted in parts. */
  readonly pssBytes: number;
}

/** Linux reports CPU time in ticks of 1/100 s on every common architecture (`getconf CLK_TCK`). */
const TICK_US = 10_000;

/** @throws Error (ENOENT) when there is no such process */
export function readCpuUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name, in parentheses, may hold spaces; utime and stime are fields 14 and 15, children's time is left out.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/** @throws Error (ENOENT) when there is no such process */
function readPssBytes(pid: number): number {
  const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kib) * 1024;
}

/** The usage of a named set of processes at one moment; a process that is gone is left out. */
export function readUsage(pids: Readonly<Record<string, number | undefined>>): Record<string, Usage> {
  const usage: Record<string, Usage> = {};
  for (const [name, pid] of Object.entries(pids)) {
    if (pid === undefined) continue;
    try {
      usage[name] = { cpuUs: readCpuUs(pid), pssBytes: readPssBytes(pid) };
    } catch {
      continue;
    }
  }
  return usage;
}

/** Memory of each process, MiB. */
export function toPssMib(usage: Readonly<Record<string, Usage>>): Record<string, number> {
  return Object.fromEntries(Object.entries(usage).map(([name, { pssBytes }]) => [name, pssBytes / 2 ** 20]));
}

/** The process of this machine that listens on a TCP port, if this user may see it. */
export function findListener(port: number): number | undefined {
  const inodes = new Set([
    ...listeningInodes("/proc/net/tcp", port),
    ...listeningInodes("/proc/net/tcp6", port),
  ]);
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (openSockets(pid).some((inode) => inodes.has(inode))) return Number(pid);
  }
  return undefined;
}

const LISTEN = "0A";

function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readFileSync(table, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN && fields[1]?.endsWith(suffix) === true)
    .flatMap((fields) => fields[9] ?? []);
}

function openSockets(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** CPU each process used between two moments, microseconds for one unit of work; a process new since counts in full. */
export function cpuPerUnit(
  before: Readonly<Record<string, Usage>>,
  after: Readonly<Record<string, Usage>>,
  units: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, { cpuUs }]) => [name, (cpuUs - (before[name]?.cpuUs ?? 0)) / units]),
  );
}
