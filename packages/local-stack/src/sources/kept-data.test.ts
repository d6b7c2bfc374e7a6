import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureContainerRecord, noteDataInVolume } from "../docker/container-record.js";
import type { Source } from "./first-available.js";
import { findKeptData, findNodeProgram, type KeptData } from "./kept-data.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-kept-data-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("where a node's data is", () => {
  test("is nowhere before its first start", () => {
    expect(findKeptData(dir, "first")).toEqual({ kind: "none" });
  });

  test("is its folder when a program of this machine made it", () => {
    mkdirSync(join(dir, "data"));
    writeFileSync(join(dir, "data", "first"), "");
    expect(findKeptData(dir, "first")).toEqual({ kind: "folder", dir: join(dir, "data") });
  });

  test("is a volume only once the node was ready on it", () => {
    const { name } = ensureContainerRecord(dir, "kafka");
    expect(findKeptData(dir, "first")).toEqual({ kind: "none" });
    noteDataInVolume(dir);
    expect(findKeptData(dir, "first")).toEqual({ kind: "volume", name });
  });
});

describe("the program for a node", () => {
  const wanted = { what: "Kafka", remedy: "install it" };
  const there = (name: string): Source<string> => ({
    name,
    find: () => Promise.resolve({ kind: "found", value: name, detail: "1" }),
  });
  const gone = (name: string): Source<string> => ({
    name,
    find: () => Promise.resolve({ kind: "unavailable", reason: "gone" }),
  });
  const find = (kept: KeptData, local: Source<string>, docker: Source<string>): Promise<string> =>
    // Without a docker on PATH no engine can have a volume.
    findNodeProgram(
      wanted,
      kept,
      { local: [local], docker },
      {
        cacheDir: dir,
        env: { PATH: dir },
        progress: () => undefined,
      },
    );

  test("is of this machine when there is a choice, of the engine when there is none", async () => {
    expect(await find({ kind: "none" }, there("local"), there("docker"))).toBe("local");
    expect(await find({ kind: "none" }, gone("local"), there("docker"))).toBe("docker");
  });

  test("with neither, the engine is one of the remedies", async () => {
    await expect(find({ kind: "none" }, gone("local"), gone("docker"))).rejects.toThrow(
      "Kafka is not to be had on this machine; install it, or start a Docker engine",
    );
  });

  test("with data in its folder, is of this machine or none", async () => {
    const kept: KeptData = { kind: "folder", dir: "/data" };
    expect(await find(kept, there("local"), there("docker"))).toBe("local");
    await expect(find(kept, gone("local"), there("docker"))).rejects.toThrow(
      /^Kafka's data in \/data was made without Docker, .*: install it, or wipe the data \(npm run reset\)$/,
    );
  });

  test("with data in a volume, is of the engine that has it or none", async () => {
    const kept: KeptData = { kind: "volume", name: "the-volume" };
    await expect(find(kept, there("local"), gone("docker"))).rejects.toThrow(
      /^Kafka's data is in the Docker volume the-volume, and its engine is not to be had \(gone\): start it, /,
    );
    await expect(find(kept, there("local"), there("docker"))).rejects.toThrow(
      "the-volume, which this engine does not have: use the engine that has it, or wipe",
    );
  });
});
