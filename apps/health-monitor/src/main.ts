import { runService } from "@hooklane/service";
import { startHealthMonitor } from "./app.js";
import { healthMonitorConfig } from "./config.js";

await runService({ name: "health-monitor", schema: healthMonitorConfig, start: startHealthMonitor });
