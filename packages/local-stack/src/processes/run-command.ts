import { spawn } from "node:child_process";
import { signalGroup } from "./stop-process.js";

/** What became of a command that was run to its end. */
export type CommandResult =
  | {
      readonly kind: "exited";
      readonly code: number | null;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: "not_found" }
  | { readonly kind: "interrupted" };

export interface RunCommandOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Time limit in milliseconds; none by default. */
  readonly timeoutMs?: number | undefined;
}

/** Characters of each stream that are kept: the last ones, where programs say what went wrong. */
const KEPT_CHARACTERS = 64 * 1024;

/** Runs a program to its end, in a process group of its own, without input. Never throws for what the program does. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env, cwd, signal, timeoutMs }: RunCommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve({ kind: "interrupted" });
      return;
    }
    const child = spawn(command, args, { env, cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    let interrupted = false;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      stdout = (stdout + chunk).slice(-KEPT_CHARACTERS);
    });
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      stderr = (stderr + chunk).slice(-KEPT_CHARACTERS);
    });
    const interrupt = (): void => {
      interrupted = true;
      if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(interrupt, timeoutMs);
    signal?.addEventListener("abort", interrupt, { once: true });
    const settle = (result: CommandResult): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
      resolve(interrupted ? { kind: "interrupted" } : result);
    };
    child.once("error", () => settle({ kind: "not_found" }));
    child.once("close", (code) => settle({ kind: "exited", code, stdout, stderr }));
  });
}

/** The last line a failed command had to say, for a message of one line. */
export function lastLine(result: CommandResult): string {
  if (result.kind === "not_found") return "not found";
  if (result.kind === "interrupted") return "interrupted";
  const lines = `${result.stdout}\n${result.stderr}`.split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? `exit code ${result.code ?? "unknown"}`;
}
