import { describe, expect, test } from "@jest/globals";
import { parseJavaMajor } from "./java.js";
import { parseMongodVersion } from "./mongod.js";

describe("parseJavaMajor", () => {
  test.each([
    ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime', 17],
    ['openjdk version "21.0.8" 2025-07-15 LTS', 21],
    ['java version "1.8.0_401"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ["command not found", undefined],
  ])("reads %p", (output, major) => {
    expect(parseJavaMajor(output)).toBe(major);
  });
});

describe("parseMongodVersion", () => {
  test.each([
    ["db version v6.0.5\nBuild Info: {}", "6.0.5"],
    ["db version v8.0.0-rc1", "8.0.0"],
    ["mongos version v6.0.5", undefined],
  ])("reads %p", (output, version) => {
    expect(parseMongodVersion(output)).toBe(version);
  });
});
