import { describe, expect, test } from "@jest/globals";
import { MissLoader } from "./miss-loader.js";

function loaderOver(known: Record<string, number>) {
  const reads: string[][] = [];
  const clock = { ms: 0 };
  const loader = new MissLoader<number>({
    read: (keys) => {
      reads.push([...keys]);
      return Promise.resolve(new Map(Object.entries(known).filter(([key]) => keys.includes(key))));
    },
    absentMs: 1_000,
    foundMs: 10_000,
    pauseMs: 1,
    now: () => clock.ms,
  });
  return { loader, reads, clock, known };
}

describe("looking up what the copy does not have", () => {
  test("keys asked for together are one read", async () => {
    const { loader, reads } = loaderOver({ a: 1 });
    await Promise.all([loader.load(["a", "b"]), loader.load(["b", "c"]), loader.load([])]);
    expect(reads).toEqual([["a", "b", "c"]]);
    expect([loader.get("a"), loader.get("b")]).toEqual([1, undefined]);
    expect([loader.isKnown("b"), loader.isKnown("z")]).toEqual([true, false]);
  });

  test("what was absent is asked for again only after a while", async () => {
    const { loader, reads, clock, known } = loaderOver({});
    await loader.load(["a"]);
    await loader.load(["a"]);
    expect(reads).toHaveLength(1);
    known.a = 7;
    clock.ms = 1_000;
    await loader.load(["a"]);
    expect(reads).toHaveLength(2);
    expect(loader.get("a")).toBe(7);
    clock.ms = 11_000;
    expect(loader.get("a")).toBeUndefined();
  });

  test("many keys one after the other are few reads", async () => {
    const { loader, reads } = loaderOver({});
    await Promise.all(Array.from({ length: 400 }, (_, n) => loader.load([`k${n}`])));
    expect(reads).toHaveLength(1);
  });

  test("what could not be read is not taken for absent", async () => {
    let fail = true;
    const loader = new MissLoader<number>({
      read: () => (fail ? Promise.reject(new Error("away")) : Promise.resolve(new Map([["a", 1]]))),
      pauseMs: 1,
    });
    await expect(loader.load(["a"])).rejects.toThrow("away");
    expect(loader.isKnown("a")).toBe(false);
    fail = false;
    await loader.load(["a"]);
    expect(loader.get("a")).toBe(1);
  });

  test("no more is kept than the bound", async () => {
    const loader = new MissLoader<number>({
      read: () => Promise.resolve(new Map()),
      entriesMax: 3,
      pauseMs: 1,
    });
    await loader.load(["a", "b", "c", "d"]);
    expect(["a", "b", "c", "d"].map((key) => loader.isKnown(key))).toEqual([false, true, true, true]);
  });
});
