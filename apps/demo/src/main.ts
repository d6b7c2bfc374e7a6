import { runService } from "@hooklane/service";
import { startDemo } from "./app.js";
import { demoConfig } from "./config.js";

await runService({ name: "demo", schema: demoConfig, start: startDemo });
