import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { assertFreeSpace, assertPinned, fillCacheEntry, findCacheDir, findWrongFile } from "./cache.js";

/** SHA-256 of "content". */
const CONTENT_SHA256 = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-cache-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const writeContent = async (staging: string): Promise<undefined> => {
  await writeFile(join(staging, "file"), "content");
};

describe("fillCacheEntry", () => {
  test("an entry has its name only when it is complete", async () => {
    const answer = await fillCacheEntry(dir, "entry", 1, async (staging) => {
      await writeContent(staging);
      expect(existsSync(join(dir, "entry"))).toBe(false);
      return undefined;
    });
    expect(answer).toEqual({ kind: "filled", dir: join(dir, "entry") });
    expect(readFileSync(join(dir, "entry", "file"), "utf8")).toBe("content");
  });

  test("what could not be filled leaves nothing", async () => {
    const answer = await fillCacheEntry(dir, "entry", 1, async (staging) => {
      await writeContent(staging);
      return "no network";
    });
    expect(answer).toEqual({ kind: "failed", reason: "no network" });
    expect(readdirSync(dir)).toEqual([]);
  });

  test("what is not the pinned file is discarded", async () => {
    const fill = fillCacheEntry(dir, "entry", 1, async (staging) => {
      await writeContent(staging);
      await assertPinned(join(staging, "file"), "0".repeat(64));
      return undefined;
    });
    await expect(fill).rejects.toMatchObject({ code: "bad_download" });
    expect(readdirSync(dir)).toEqual([]);
  });

  test("a damaged entry is replaced", async () => {
    await mkdir(join(dir, "entry"));
    await writeFile(join(dir, "entry", "half"), "");
    await fillCacheEntry(dir, "entry", 1, writeContent);
    expect(readdirSync(join(dir, "entry"))).toEqual(["file"]);
  });

  test("two at the same time end with one whole entry", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => fillCacheEntry(dir, "entry", 1, writeContent)));
    expect(answers.every(({ kind }) => kind === "filled")).toBe(true);
    expect(readdirSync(dir)).toEqual(["entry"]);
  });

  test("what a killed download has left is removed, what a running one writes is not", async () => {
    const abandoned = `partial-${2 ** 22 + 1}-x`;
    const running = `partial-${process.ppid}-x`;
    await mkdir(join(dir, abandoned));
    await mkdir(join(dir, running));
    await fillCacheEntry(dir, "entry", 1, writeContent);
    expect(readdirSync(dir).sort()).toEqual(["entry", running]);
  });
});

describe("checks", () => {
  test("a file is what it should be by its digest alone", async () => {
    await writeContent(dir);
    const right = { name: "file", sha256: CONTENT_SHA256 };
    const missing = { name: "other", sha256: CONTENT_SHA256 };
    expect(await findWrongFile(dir, [right])).toBeUndefined();
    expect(await findWrongFile(dir, [right, missing])).toBe(missing);
    expect(await findWrongFile(dir, [{ ...right, sha256: "0".repeat(64) }])).toBeDefined();
  });

  test("a full disk is said in one line, with the place and the need", async () => {
    const need = assertFreeSpace(dir, Number.MAX_SAFE_INTEGER);
    await expect(need).rejects.toThrow(/^disk full: .*hooklane-cache-.* needs \d+\.\d MB of free space$/);
  });

  test("HOOKLANE_CACHE moves the cache", () => {
    expect(findCacheDir({ HOOKLANE_CACHE: "/somewhere" })).toBe("/somewhere");
    expect(findCacheDir({ XDG_CACHE_HOME: "/xdg" })).toBe("/xdg/hooklane");
    expect(findCacheDir({})).toMatch(/\.cache\/hooklane$/);
  });
});
