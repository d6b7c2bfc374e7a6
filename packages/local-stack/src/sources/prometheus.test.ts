import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findPrometheus, parsePrometheusVersion } from "./prometheus.js";

let dir: string;
let said: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-prometheus-"));
  said = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A program that says which version it is. */
function makeProgram(name: string, version: string): string {
  const path = join(dir, name);
  writeFileSync(path, `#!/bin/sh\necho "${name}, version ${version} (branch: test)"\n`);
  chmodSync(path, 0o755);
  return path;
}

/** PATH is empty, so neither a Prometheus of this machine nor apt-get is found. */
const find = (variables: NodeJS.ProcessEnv) =>
  findPrometheus({
    cacheDir: join(dir, "cache"),
    env: { PATH: dir, ...variables },
    progress: (line) => said.push(line),
  });

test("PROMETHEUS_BINARY names the server, and promtool lies beside it", async () => {
  const server = makeProgram("prometheus", "2.53.1");
  const promtool = makeProgram("promtool", "2.53.1");
  expect(await find({ PROMETHEUS_BINARY: server })).toEqual({ server, promtool });
  expect(said).toEqual(["Prometheus: PROMETHEUS_BINARY, 2.53.1"]);
});

test("a server without promtool is of no use, and said so", async () => {
  const server = makeProgram("prometheus", "2.53.1");
  await expect(find({ PROMETHEUS_BINARY: server, PATH: "/nowhere" })).rejects.toThrow(/PROMETHEUS_BINARY/);
  expect(said[0]).toBe(`Prometheus: PROMETHEUS_BINARY: ${join(dir, "promtool")} is not there`);
});

test("one that is too old is passed over for the next source", async () => {
  makeProgram("promtool", "2.42.0");
  makeProgram("prometheus", "2.42.0");
  expect(await find({})).toEqual({ server: "prometheus", promtool: "promtool" });
  makeProgram("prometheus", "2.39.9");
  await expect(find({})).rejects.toMatchObject({ code: "nothing_available" });
  expect(said).toContain("Prometheus: prometheus on PATH: is 2.39.9, too old");
});

test("where there is none, one line says what to do", async () => {
  await expect(find({ PATH: "/nowhere" })).rejects.toThrow(
    /^Prometheus is not to be had on this machine; install prometheus 2\.40 .* PROMETHEUS_BINARY$/,
  );
});

test.each([
  ["prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0)\n  go version: go1.19", "2.42.0"],
  ["promtool, version 3.5.0 (branch: HEAD)", "3.5.0"],
  ["node_exporter, version 1.5.0", undefined],
])("reads %p", (output, version) => {
  expect(parsePrometheusVersion(output)).toBe(version);
});
