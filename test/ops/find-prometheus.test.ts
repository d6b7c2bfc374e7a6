import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findPrometheus } from "@hooklane/local-stack";

/** A download of 20 MB and unpacking it. */
const LIMIT_MS = 180_000;

const run = promisify(execFile);

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), "hooklane-cache-"));
});
afterEach(() => rmSync(cacheDir, { recursive: true }));

/** Debian and Ubuntu; elsewhere Prometheus has to be there. */
const testWithApt = spawnSync("apt-get", ["--version"]).status === 0 ? test : test.skip;

testWithApt(
  "on a machine with apt-get, Debian's package gives programs that run, and is fetched once",
  async () => {
    const said: string[] = [];
    const context = {
      cacheDir,
      // Whatever somebody has named.
      env: { ...process.env, PROMETHEUS_BINARY: "" },
      progress: (line: string) => said.push(line),
    };
    const { promtool } = await findPrometheus(context);
    expect((await run(promtool, ["--version"])).stdout).toMatch(/^promtool, version /);
    said.length = 0;
    await findPrometheus(context);
    expect(said.filter((line) => line.startsWith("downloading"))).toEqual([]);
  },
  LIMIT_MS,
);
