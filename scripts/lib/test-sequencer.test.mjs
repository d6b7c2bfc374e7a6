import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { root } from "./paths.mjs";
import LongFirst, { LONG } from "./test-sequencer.mjs";

const cacheDirectory = mkdtempSync(join(tmpdir(), "hooklane-sequencer-"));
afterAll(() => rmSync(cacheDirectory, { recursive: true }));

/** As jest hands it over; what it knows of earlier runs lies in a file of the cache. */
const aTest = (path, project, size) => ({
  path: join(root, path),
  context: {
    config: { id: project, cacheDirectory, displayName: { name: project }, cache: true, haste: {} },
    hasteFS: { getSize: () => size },
  },
});

describe("the order of test files", () => {
  const large = aTest("packages/kafka/src/large.integration.test.ts", "integration", 9_000);
  const e2e = aTest("test/e2e/small.test.ts", "e2e", 10);
  const long = aTest(LONG[2], "integration", 20);

  test("on a fresh clone: the long ones, whatever their size", () => {
    const sorted = new LongFirst({ contexts: [], globalConfig: {} }).sort([e2e, large, long]);
    expect(sorted).toEqual([long, e2e, large]);
  });

  test("of files that ran before: as long as they took", () => {
    const sequencer = new LongFirst({ contexts: [], globalConfig: {} });
    const took = (milliseconds) => ({ end: milliseconds, runtime: milliseconds, start: 0 });
    sequencer.cacheResults([long, large], {
      testResults: [long, large].map(({ path }, index) => ({
        testFilePath: path,
        perfStats: took(1_000 * (1 + index)),
        numFailingTests: 0,
      })),
    });
    expect(sequencer.sort([long, large])).toEqual([large, long]);
  });

  test.each(LONG)("%s is there", (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });
});
