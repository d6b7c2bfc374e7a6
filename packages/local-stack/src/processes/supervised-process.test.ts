import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { pollUntil } from "../poll.js";
import { OwnedProcess } from "./owned-process.js";
import { isRecordedProcess, readPidFile } from "./pid-file.js";
import { growingPauseMs, SupervisedProcess } from "./supervised-process.js";

const dir = mkdtempSync(join(tmpdir(), "hooklane-supervised-process-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** A supervised Node process; counts how often it was launched. */
async function supervise(name: string, script: string, beforeUp = () => Promise.resolve()) {
  const said: string[] = [];
  let launches = 0;
  const launch = async () => {
    launches += 1;
    const owned = await OwnedProcess.start({
      name,
      command: process.execPath,
      args: ["-e", script, name],
      env: {},
      pidFile: join(dir, `${name}.pid.json`),
      marker: name,
      output: { kind: "file", path: join(dir, `${name}.log`) },
    });
    await beforeUp();
    return owned;
  };
  const supervised = await SupervisedProcess.start(name, launch, (line) => said.push(line));
  return { supervised, said, launches: () => launches };
}

describe("a supervised process", () => {
  test("that dies is started again, and said so", async () => {
    const { supervised, said, launches } = await supervise("dying", "process.exit(7)");
    expect(await pollUntil(() => launches() >= 2 || undefined, { deadlineMs: 30_000 })).toBe(true);
    await supervised.stop();
    expect(said.slice(0, 2)).toEqual([
      "dying ended (exit code 7); starting it again in 1 s",
      "dying was started again",
    ]);
  });

  test("that is stopped stays stopped", async () => {
    const { supervised, said, launches } = await supervise("stopped", "setInterval(() => {}, 1000)");
    await supervised.stop();
    await supervised.stop();
    expect(launches()).toBe(1);
    expect(said).toEqual([]);
  });

  test("can be stopped in the pause before its restart", async () => {
    const { supervised, said, launches } = await supervise("pausing", "process.exit(1)");
    expect(await pollUntil(() => said.length > 0 || undefined, { deadlineMs: 30_000 })).toBe(true);
    await supervised.stop();
    expect(launches()).toBe(1);
  });
});

test("a stop that comes while the program is started again ends the new one too", async () => {
  let isSlow = false;
  let finishLaunch: () => void = () => undefined;
  const beforeUp = () =>
    isSlow ? new Promise<void>((resolve) => (finishLaunch = resolve)) : Promise.resolve();
  const { supervised, launches } = await supervise("slow", "setInterval(() => {}, 1000)", beforeUp);
  isSlow = true;
  const pidFile = join(dir, "slow.pid.json");
  process.kill(readPidFile(pidFile)!.pid, "SIGKILL");
  expect(await pollUntil(() => launches() === 2 || undefined, { deadlineMs: 30_000 })).toBe(true);
  const second = await pollUntil(() => readPidFile(pidFile), { deadlineMs: 30_000 });
  const stopped = supervised.stop();
  finishLaunch();
  await stopped;
  expect(isRecordedProcess(second!)).toBe(false);
});

test("pauses between restarts grow up to half a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(growingPauseMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
  ]);
});
