import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** How a process ended, and what it wrote to both of its outputs. */
export interface Ended {
  readonly code: number | string;
  readonly output: string;
}

/** Runs a script of the repository to its end, with no variables of ours but these. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: REPOSITORY, env: { PATH: process.env.PATH, ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? child.signalCode ?? "unknown", output: stdout + stderr }),
    );
  });
}
