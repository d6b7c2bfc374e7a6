import { createRequire } from "node:module";
import { z } from "zod";
import { createLogger, createMetrics, loadConfig, openTraces, tracesConfig } from "../src/index.ts";

/** Says whether OpenTelemetry's SDK is loaded once traces are open as `TRACES` has it, for open-traces.test.ts. */
const config = loadConfig(z.object(tracesConfig), process.env);
const logger = createLogger("sample", "silent");
const traces = await openTraces({ service: "sample", config, metrics: createMetrics("sample"), logger });
const loaded = Object.keys(createRequire(import.meta.url).cache);
console.log(loaded.some((file) => file.includes("/@opentelemetry/sdk-trace/")));
await traces?.close();
