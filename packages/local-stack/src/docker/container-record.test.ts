import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureContainerRecord, noteDataInVolume, readContainerRecord } from "./container-record.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-container-record-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("what a node remembers of its container", () => {
  test("is one name for good, and later that its volume holds data", () => {
    const made = ensureContainerRecord(dir, "kafka");
    expect(made).toEqual({ name: expect.stringMatching(/^hooklane-kafka-[0-9a-f]{32}$/), holdsData: false });
    expect(ensureContainerRecord(dir, "kafka")).toEqual(made);
    noteDataInVolume(dir);
    expect(readContainerRecord(dir)).toEqual({ ...made, holdsData: true });
  });

  test("is another name in another folder", () => {
    const other = ensureContainerRecord(join(dir, "other"), "kafka");
    expect(other.name).not.toBe(ensureContainerRecord(dir, "kafka").name);
  });

  test.each([
    ["nothing", ""],
    ["another name", JSON.stringify({ name: "production-database", holdsData: true })],
    ["half a record", '{"name":"hooklane-ka'],
  ])("is not read from %s: what it names is removed one day", (_, content) => {
    writeFileSync(join(dir, "container.json"), content);
    expect(readContainerRecord(dir)).toBeUndefined();
  });
});
