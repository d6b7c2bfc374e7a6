import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { loadConfig } from "../config/load-config.js";
import { createLogger } from "../logger.js";
import { createMetrics } from "../metrics.js";
import { openTraces } from "./open-traces.js";
import { passedTraces } from "./traces.js";
import { tracesConfig } from "./traces-config.js";

const read = (env: Record<string, string>) => loadConfig(z.object(tracesConfig), env);

const open = (env: Record<string, string>) =>
  openTraces({
    service: "router",
    config: read(env),
    metrics: createMetrics("test", { processMetrics: false }),
    logger: createLogger("test", "silent"),
  });

describe("TRACES", () => {
  test("is off by default", async () => {
    expect(await open({})).toBeUndefined();
    expect(await open({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" })).toBeUndefined();
  });

  test("pass hands on what producers name and records nothing; so does otlp with the SDK disabled", async () => {
    expect(await open({ TRACES: "pass" })).toBe(passedTraces);
    expect(await open({ TRACES: "otlp", OTEL_SDK_DISABLED: "true" })).toBe(passedTraces);
  });

  test("otlp records", async () => {
    const traces = await open({ TRACES: "otlp", OTEL_TRACES_SAMPLER: "always_on" });
    expect(traces?.begin("ingest", { kind: "server", parent: undefined })?.span).toBeDefined();
    await traces?.close();
  });

  test("is told together with what is wrong about the sampler", () => {
    const faulty = () =>
      read({ TRACES: "yes", OTEL_TRACES_SAMPLER: "jaeger_remote", OTEL_TRACES_SAMPLER_ARG: "7" });
    expect(faulty).toThrow(/^3 bad configuration variables\n {2}TRACES .*\n.*_SAMPLER .*\n.*_SAMPLER_ARG /);
  });
});

test.each([
  ["off", false],
  ["pass", false],
  ["otlp", true],
])(
  "with %s, that OpenTelemetry's SDK is loaded is %s",
  (TRACES, isLoaded) => {
    const support = (file: string) => fileURLToPath(new URL(`../../test-support/${file}`, import.meta.url));
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@hooklane/source", "--import", support("ts-loader.mjs"), support("traces-loaded.mjs")],
      { env: { PATH: process.env.PATH, TRACES }, encoding: "utf8", timeout: 30_000 },
    );
    expect([stdout.trim(), stderr]).toEqual([String(isLoaded), ""]);
  },
  40_000,
);
