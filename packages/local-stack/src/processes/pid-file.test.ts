import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { isRecordedProcess, readPidFile, removePidFile, writePidFile } from "./pid-file.js";

const dir = mkdtempSync(join(tmpdir(), "hooklane-pid-file-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe("a pid file", () => {
  test("stands for the process it was written for", () => {
    const path = join(dir, "new", "own.json");
    writePidFile(path, process.pid, "jest");
    const record = readPidFile(path)!;
    expect(record.pid).toBe(process.pid);
    expect(isRecordedProcess(record)).toBe(true);
    removePidFile(path);
    expect(readPidFile(path)).toBeUndefined();
  });

  test.each([
    ["nothing", ""],
    ["half a record", '{"pid":12'],
    ["another program's number", "4711"],
    ["init", '{"pid":1,"fingerprint":"a","marker":"b"}'],
    ["our own group", '{"pid":0,"fingerprint":"a","marker":"b"}'],
    ["every group", '{"pid":-1,"fingerprint":"a","marker":"b"}'],
    ["a marker that fits everything", '{"pid":12,"fingerprint":"a","marker":""}'],
  ])("with %s in it names no process", (_, content) => {
    const path = join(dir, "bad.json");
    writeFileSync(path, content);
    expect(readPidFile(path)).toBeUndefined();
  });
});

describe("isRecordedProcess", () => {
  const record = { pid: 4711, fingerprint: "boot:100", marker: "--dbpath /data/a" };
  const at = (fingerprint: string, commandLine: string) => () => ({ fingerprint, commandLine });

  test("knows the process by start time and command", () => {
    expect(isRecordedProcess(record, at("boot:100", "mongod --dbpath /data/a --quiet"))).toBe(true);
  });

  test("another process that got the same number is not it", () => {
    expect(isRecordedProcess(record, at("boot:200", "mongod --dbpath /data/a --quiet"))).toBe(false);
  });

  test("a process with another command is not it", () => {
    expect(isRecordedProcess(record, at("boot:100", "mongod --dbpath /data/b"))).toBe(false);
  });

  test("a process that is gone is not it", () => {
    expect(isRecordedProcess(record, () => undefined)).toBe(false);
  });
});
