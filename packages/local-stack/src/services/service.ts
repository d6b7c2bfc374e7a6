import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pollUntil } from "../poll.js";
import { OwnedProcess } from "../processes/owned-process.js";
import { stopByPidFile } from "../processes/stop-process.js";
import { SupervisedProcess } from "../processes/supervised-process.js";
import type { Progress } from "../progress.js";

export interface ServiceSpec {
  /** Name for prefixes, messages and the pid file; unique. */
  readonly name: string;
  /** Absolute path of the built `main.js`. */
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
  /** Folder for the pid file. */
  readonly runDir: string;
  /** Gets every line the service writes, stdout and stderr. */
  readonly onLine: (line: string) => void;
  readonly progress: Progress;
}

/** Pid files end so. */
const PID_FILE_SUFFIX = ".pid.json";

/** Starts a service as a Node process of its own, restarted with growing pauses when it dies. */
export function startService(spec: ServiceSpec): Promise<SupervisedProcess> {
  const { name, entry, env, runDir, onLine, progress } = spec;
  // Two dispatchers have the same entry; the argument, which no service reads, tells their processes apart.
  const marker = `${entry} ${name} ${runDir}`;
  const launch = (): Promise<OwnedProcess> =>
    OwnedProcess.start({
      name,
      command: process.execPath,
      args: ["--enable-source-maps", entry, name, runDir],
      env,
      pidFile: join(runDir, `${name}${PID_FILE_SUFFIX}`),
      marker,
      output: { kind: "lines", onLine },
    });
  return SupervisedProcess.start(name, launch, progress);
}

/** Stops services an earlier run has left behind, known by the pid files in `runDir`. Gives their names. */
export async function stopLeftoverServices(runDir: string): Promise<string[]> {
  const files = listPidFiles(runDir);
  const outcomes = await Promise.all(files.map((file) => stopByPidFile(join(runDir, file), 10_000)));
  return files
    .filter((_, index) => outcomes[index] !== "was_gone")
    .map((file) => file.slice(0, -PID_FILE_SUFFIX.length));
}

/** Waits until `url` answers 200. Gives false when the deadline passes first. */
export async function waitForReady(url: string, deadlineMs: number, signal?: AbortSignal): Promise<boolean> {
  const ready = await pollUntil(async () => ((await answersOk(url)) ? true : undefined), {
    deadlineMs,
    signal,
  });
  return ready === true;
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function listPidFiles(runDir: string): string[] {
  try {
    return readdirSync(runDir).filter((name) => name.endsWith(PID_FILE_SUFFIX));
  } catch {
    return [];
  }
}
