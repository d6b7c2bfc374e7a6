import { runService } from "@hooklane/service";
import { startApp } from "./app.js";
import { configSchema } from "./config.js";

await runService({ name: "event-ingestor", schema: configSchema, start: startApp });
