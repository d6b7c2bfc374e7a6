import { lastLine, runCommand, type CommandResult } from "../processes/run-command.js";
import { StackError } from "../stack-error.js";

/** How Docker's command-line client is run. */
export interface DockerOptions {
  /** Names the engine (`DOCKER_HOST`, `DOCKER_CONTEXT`) and where the client lies (`PATH`). */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** An engine that needs longer than this for a word about itself is not one to rely on (architecture.md §5). */
const ENGINE_LIMIT_MS = 2_000;

/**
 * Runs one command of the client to its end. What it answers is the caller's to judge.
 *
 * @throws StackError `aborted` when `signal` ended it
 */
export async function runDocker(
  args: readonly string[],
  { env, signal }: DockerOptions,
  timeoutMs?: number,
): Promise<CommandResult> {
  const result = await runCommand("docker", args, { env, signal, timeoutMs });
  if (signal?.aborted) throw new StackError("aborted", "stopped while Docker was at work");
  return result;
}

/** True when the command did what it was asked. */
export function hasSucceeded(result: CommandResult): boolean {
  return result.kind === "exited" && result.code === 0;
}

/** Why no Docker engine can be used, in one line; `undefined` when one answers. */
export async function whyNoEngine(options: DockerOptions): Promise<string | undefined> {
  const result = await runDocker(["info", "--format", "{{.ServerVersion}}"], options, ENGINE_LIMIT_MS);
  if (result.kind === "not_found") return "docker is not on PATH";
  if (result.kind === "interrupted") return `no engine answers within ${ENGINE_LIMIT_MS / 1000} s`;
  // Some clients end well without an engine, and then know of no version.
  if (result.code === 0) return result.stdout.trim() === "" ? "no engine answers" : undefined;
  return lastLine(result);
}
