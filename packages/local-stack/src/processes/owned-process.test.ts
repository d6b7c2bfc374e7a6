import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { pollUntil } from "../poll.js";
import { OwnedProcess } from "./owned-process.js";
import { readPidFile } from "./pid-file.js";
import { inspectProcess } from "./process-identity.js";
import { stopByPidFile } from "./stop-process.js";

const dir = mkdtempSync(join(tmpdir(), "hooklane-owned-process-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs `script` in Node; gives the process and what it writes. */
async function run(name: string, script: string) {
  const lines: string[] = [];
  const pidFile = join(dir, `${name}.pid.json`);
  const owned = await OwnedProcess.start({
    name,
    command: process.execPath,
    args: ["-e", script, name],
    env: {},
    pidFile,
    marker: name,
    output: { kind: "lines", onLine: (line) => lines.push(line) },
  });
  const hasSaid = async (line: string) => {
    expect(await pollUntil(() => lines.includes(line) || undefined, { deadlineMs: 30_000 })).toBe(true);
  };
  return { owned, pidFile, lines, hasSaid };
}

const STAY = "setInterval(() => {}, 1000);";

describe("a process of ours", () => {
  test("has the time to end in order when it is stopped, and its pid file goes", async () => {
    const { owned, pidFile, lines, hasSaid } = await run(
      "orderly",
      `process.on("SIGTERM", () => { console.log("bye"); process.exit(0); }); ${STAY} console.log("up");`,
    );
    await hasSaid("up");
    await owned.stop();
    expect(lines).toContain("bye");
    expect(await owned.ended).toBe("exit code 0");
    expect(readPidFile(pidFile)).toBeUndefined();
  });

  test("is killed when it does not end in time", async () => {
    const { owned, hasSaid } = await run(
      "stubborn",
      `process.on("SIGTERM", () => {}); ${STAY} console.log("up");`,
    );
    await hasSaid("up");
    await owned.stop(100);
    expect(await owned.ended).toBe("SIGKILL");
  });

  test("is stopped also when somebody has removed its pid file", async () => {
    const { owned, pidFile, hasSaid } = await run("unrecorded", `${STAY} console.log("up");`);
    await hasSaid("up");
    rmSync(pidFile);
    await owned.stop();
    expect(await owned.ended).toBe("SIGTERM");
  });

  test("leads a group that ends with it", async () => {
    const { owned, pidFile, lines, hasSaid } = await run(
      "parent",
      `const child = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(STAY)}]);
       console.log(child.pid); console.log("up"); ${STAY}`,
    );
    await hasSaid("up");
    const childPid = Number(lines[0]);
    expect(inspectProcess(childPid)).toBeDefined();
    expect(await stopByPidFile(pidFile)).toBe("stopped");
    const gone = () => (inspectProcess(childPid) === undefined ? true : undefined);
    expect(await pollUntil(gone, { deadlineMs: 30_000 })).toBe(true);
    await owned.stop();
  });

  test("that ended by itself is not looked for", async () => {
    const { owned, pidFile } = await run("short", "process.exit(3)");
    expect(await owned.ended).toBe("exit code 3");
    expect(await stopByPidFile(pidFile)).toBe("was_gone");
    await owned.stop();
  });

  test("that cannot be started is a fault in one line", async () => {
    const spec = { name: "Nothing", command: join(dir, "no-such-program"), args: [], env: {}, marker: "x" };
    const logFile = join(dir, "log");
    const start = OwnedProcess.start({
      ...spec,
      pidFile: join(dir, "none.pid.json"),
      output: { kind: "file", path: logFile },
    });
    await expect(start).rejects.toThrow(/^Nothing could not be started: .*ENOENT$/);
    expect(readFileSync(logFile, "utf8")).toBe("");
  });
});
