import { runService } from "@hooklane/service";
import { startDispatcher } from "./app.js";
import { dispatcherConfig } from "./config.js";

await runService({ name: "dispatcher", schema: dispatcherConfig, start: startDispatcher });
