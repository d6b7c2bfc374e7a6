import { runService } from "@hooklane/service";
import { startApp } from "./app.js";
import { configSchema } from "./config.js";

await runService({ name: "router", schema: configSchema, start: startApp });
