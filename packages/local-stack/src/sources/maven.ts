import { lastLine, runCommand, type CommandResult } from "../processes/run-command.js";
import type { Java } from "./java.js";
import type { SourceContext } from "./source-context.js";

/** What to do on a machine without Maven. */
export const MAVEN_REMEDY =
  "install Maven (Debian, Ubuntu: apt-get install maven; macOS: brew install maven)";

/** Why there is nothing from Maven. */
export const NO_MAVEN = "needs mvn";

/** True when there is a Maven, be it one that cannot run yet for want of Java. */
export async function hasMaven({ env, signal }: SourceContext): Promise<boolean> {
  return (await runCommand("mvn", ["--version"], { env, signal })).kind !== "not_found";
}

/** Runs Maven in batch mode, on the Java that was found when that is not the one on PATH. */
export function runMaven(
  args: readonly string[],
  java: Java,
  { env, signal }: SourceContext,
): Promise<CommandResult> {
  const home = java.home === undefined ? {} : { JAVA_HOME: java.home };
  return runCommand("mvn", ["-q", "-B", ...args], { env: { ...env, ...home }, signal });
}

/** Maven's last words are help texts; the first error line says what is wrong. */
export function mavenFailure(result: CommandResult): string {
  if (result.kind === "not_found") return NO_MAVEN;
  if (result.kind !== "exited") return lastLine(result);
  const error = result.stdout.split("\n").find((line) => line.includes("ERROR"));
  return error?.replace(/^.*ERROR\S*\s*/, "").slice(0, 300) ?? lastLine(result);
}
