import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { assertInOrder, MIGRATIONS } from "./migration.js";
import { isOlder, RELEASE } from "./release.js";

test("the release of the code is that of the repository, whose migrations are in order and lock out no release before theirs", () => {
  const root = new URL("../../../../package.json", import.meta.url);
  expect(JSON.parse(readFileSync(root, "utf8"))).toHaveProperty("version", RELEASE);
  assertInOrder(MIGRATIONS);
  for (const { release, oldestRelease } of MIGRATIONS) {
    expect(isOlder(oldestRelease, release)).toBe(true);
    expect(isOlder(RELEASE, release)).toBe(false);
  }
});

test("releases compare by their numbers", () => {
  expect(isOlder("0.9.0", "0.10.0")).toBe(true);
  expect(isOlder("0.10.0", "0.9.9")).toBe(false);
  expect(isOlder("1.0.0", "1.0.0")).toBe(false);
  expect(isOlder("0.1.9", "0.2.0")).toBe(true);
  expect(() => isOlder("next", "0.2.0")).toThrow(RangeError);
});
