import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { reapProcesses, RUN_VARIABLE } from "./reap.mjs";

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("what a test run has left is ended, and nothing else", async () => {
  const runId = randomUUID();
  const start = (id) =>
    spawn(process.execPath, ["-e", 'console.log("up"); setInterval(() => {}, 1000)', id], {
      detached: true,
      env: { [RUN_VARIABLE]: id },
      stdio: ["ignore", "pipe", "ignore"],
    });
  const [left, other] = [start(runId), start(randomUUID())];
  await Promise.all([once(left.stdout, "data"), once(other.stdout, "data")]);
  const ended = once(left, "exit");
  expect(reapProcesses(runId)).toEqual([expect.stringContaining(runId)]);
  expect((await ended)[1]).toBe("SIGKILL");
  expect(other.exitCode).toBeNull();
  other.kill("SIGKILL");
  await once(other, "exit");
});
