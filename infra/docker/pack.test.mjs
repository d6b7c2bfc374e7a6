import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { listNeeded } from "./pack.mjs";

const everything = () => true;

describe("what an image takes of the installed packages", () => {
  const packages = {
    "apps/router": { dependencies: { "@hooklane/core": "*", a: "1" }, devDependencies: { tests: "1" } },
    "node_modules/@hooklane/core": { resolved: "packages/core", link: true },
    "packages/core": { dependencies: { b: "2" } },
    "packages/core/node_modules/b": { dependencies: { c: "1" } },
    "node_modules/a": { dependencies: { b: "1" }, optionalDependencies: { other: "1", absent: "1" } },
    "node_modules/b": {
      peerDependencies: { c: "1", spare: "1" },
      peerDependenciesMeta: { spare: { optional: true } },
    },
    "node_modules/c": {},
    "node_modules/other": {},
    "node_modules/tests": {},
  };

  test("is what is reached from the workspace, each from where Node would take it, and nothing for development", () => {
    expect(listNeeded(packages, ["apps/router"], everything).sort()).toEqual([
      "apps/router",
      "node_modules/@hooklane/core",
      "node_modules/a",
      "node_modules/b",
      "node_modules/c",
      "node_modules/other",
      "packages/core",
      "packages/core/node_modules/b",
    ]);
  });

  test("is without what is for other platforms, but not without what is needed", () => {
    const without = (name) => (path) => path !== `node_modules/${name}`;
    expect(listNeeded(packages, ["apps/router"], without("other"))).not.toContain("node_modules/other");
    expect(() => listNeeded(packages, ["apps/router"], without("c"))).toThrow(
      "packages/core/node_modules/b needs c, which is not installed",
    );
  });

  test("holds for every image of the lock file", () => {
    const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"));
    const isThere = (path) => existsSync(new URL(`../../${path}`, import.meta.url));
    for (const app of [
      "subscription-api",
      "event-ingestor",
      "router",
      "dispatcher",
      "health-monitor",
      "demo",
    ]) {
      const needed = listNeeded(lock.packages, [`apps/${app}`], isThere);
      expect(needed).toEqual(
        expect.arrayContaining(
          ["node_modules/mongoose", "node_modules/kafkajs"].slice(app === "demo" ? 1 : 0),
        ),
      );
      expect(needed.filter((path) => /node_modules\/(?:typescript|jest|turbo|eslint)$/.test(path))).toEqual(
        [],
      );
    }
  });
});
