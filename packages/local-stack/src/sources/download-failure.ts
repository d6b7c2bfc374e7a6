import { lastLine, type CommandResult } from "../processes/run-command.js";
import { StackError } from "../stack-error.js";

/** Why a command failed, in one line; a full disk and an interruption concern everything and are thrown. */
export function failureOf(result: CommandResult, dir: string): string | undefined {
  if (result.kind === "exited" && result.code === 0) return undefined;
  if (result.kind === "interrupted") throw new StackError("aborted", "stopped during a download");
  if (result.kind === "exited" && /No space left on device|Errno 28/.test(result.stdout + result.stderr)) {
    throw new StackError("disk_full", `disk full: no space left to download to ${dir}`);
  }
  return lastLine(result);
}
