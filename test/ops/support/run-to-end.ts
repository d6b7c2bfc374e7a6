import { spawn } from "node:child_process";

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  /** All of standard output. */
  readonly output: string;
  /** All of standard error. */
  readonly faults: string;
}

/** Runs a program to its end, without input. @param env default: that of this process */
export function runToEnd(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let faults = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (faults += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output, faults }));
  });
}
