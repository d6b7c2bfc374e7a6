import type { Logger } from "../logger.js";
import type { Metrics } from "../metrics.js";
import type { TracesConfig } from "./traces-config.js";

/** What the traces of a service are opened with. */
export interface TracesOptions {
  readonly service: string;
  readonly config: TracesConfig;
  readonly metrics: Pick<Metrics, "counter">;
  readonly logger: Pick<Logger, "info" | "warn">;
}
