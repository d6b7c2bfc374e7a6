import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { StackError } from "../stack-error.js";
import { readPidFile, removePidFile, writePidFile, type PidRecord } from "./pid-file.js";
import { signalGroup, stopRecordedProcess } from "./stop-process.js";
import type { StoppableProcess } from "./stoppable-process.js";

/** Where stdout and stderr go: to a file, begun anew at every start, or line by line to us. */
type OwnedProcessOutput =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "lines"; readonly onLine: (line: string) => void };

export interface OwnedProcessSpec {
  /** Name for messages, such as "Kafka". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly pidFile: string;
  /** A part of the command line that only this process has. */
  readonly marker: string;
  readonly output: OwnedProcessOutput;
}

/**
 * A long-running program in a process group of its own: a Ctrl-C at the terminal does not reach it, and when a kill -9 ends
 * us it is found again by its pid file.
 */
export class OwnedProcess implements StoppableProcess {
  private constructor(
    private readonly spec: OwnedProcessSpec,
    private readonly child: ChildProcess,
    private readonly record: PidRecord | undefined,
    /** Settles when the program has ended, with what ended it. Never rejects. */
    readonly ended: Promise<string>,
  ) {}

  static async start(spec: OwnedProcessSpec): Promise<OwnedProcess> {
    const { command, args, env, output } = spec;
    const child =
      output.kind === "file"
        ? withLogFile(output.path, (stdio) => spawn(command, args, { env, detached: true, stdio }))
        : spawn(command, args, { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code ?? "unknown"}`));
    });
    if (child.pid === undefined) {
      throw new StackError("start_failed", `${spec.name} could not be started: ${await ended}`);
    }
    const record = recordOrKill(spec, child.pid);
    if (output.kind === "lines") {
      for (const stream of [child.stdout, child.stderr]) {
        if (stream !== null) createInterface({ input: stream }).on("line", output.onLine);
      }
    }
    // The caller decides what keeps our own process alive; a forgotten handle must not.
    child.unref();
    return new OwnedProcess(spec, child, record, ended);
  }

  /** Asks the program to end, waits for it, kills it when it does not. Safe to call twice. */
  async stop(graceMs?: number): Promise<void> {
    if (this.record !== undefined) await stopRecordedProcess(this.record, graceMs);
    // A file that stands for the next start of the same program is not ours to remove.
    if (readPidFile(this.spec.pidFile)?.pid === this.record?.pid) removePidFile(this.spec.pidFile);
    // The end is told by the child's handle, so it must be heard now.
    this.child.ref();
    await this.ended;
  }
}

/** Opens the log file for the time of the spawn; the child keeps its own copy of the descriptor. */
function withLogFile(path: string, start: (stdio: StdioOptions) => ChildProcess): ChildProcess {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "w");
  try {
    return start(["ignore", file, file]);
  } finally {
    closeSync(file);
  }
}

/** A process that cannot be recorded, as on a full disk, could not be found again: it must not stay. */
function recordOrKill({ pidFile, marker }: OwnedProcessSpec, pid: number): PidRecord | undefined {
  try {
    return writePidFile(pidFile, pid, marker);
  } catch (error) {
    signalGroup(pid, "SIGKILL");
    throw error;
  }
}
