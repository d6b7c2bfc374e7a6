import { describe, expect, test } from "@jest/globals";
import { assertNodeVersion, isInstalled } from "./install.mjs";

describe("isInstalled", () => {
  const wanted = {
    packages: {
      "": { name: "root" },
      "packages/core": { version: "0.1.0" },
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
      "node_modules/for-another-platform": { version: "1.0.0", optional: true },
      "node_modules/@hooklane/core": { resolved: "packages/core", link: true },
    },
  };
  const complete = {
    packages: {
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
      "node_modules/@hooklane/core": { resolved: "packages/core", link: true },
    },
  };
  const without = (path) => ({
    packages: Object.fromEntries(Object.entries(complete.packages).filter(([name]) => name !== path)),
  });
  const withA = (entry) => ({ packages: { ...complete.packages, "node_modules/a": entry } });

  test("is true for what the lock file says, other platforms' packages aside", () => {
    expect(isInstalled(wanted, complete)).toBe(true);
  });

  test.each([
    ["nothing is installed", undefined],
    ["an installation was broken off", {}],
    ["a package is missing", without("node_modules/a/node_modules/b")],
    ["a workspace is new", without("node_modules/@hooklane/core")],
    ["a version is another", withA({ version: "1.0.1", integrity: "sha512-a" })],
    ["a content is another", withA({ version: "1.0.0", integrity: "sha512-x" })],
  ])("is false when %s", (_, installed) => {
    expect(isInstalled(wanted, installed)).toBe(false);
  });
});

describe("assertNodeVersion", () => {
  test.each(["20.19.0", "20.20.2", "22.1.0", "24.15.0"])("takes %s", (version) => assertNodeVersion(version));

  test.each(["18.20.0", "20.18.3", "25.0.0"])("refuses %s and says what to use", (version) => {
    expect(() => assertNodeVersion(version)).toThrow(`Node ${version} is not supported`);
  });
});
