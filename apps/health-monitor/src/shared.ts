import type { KafkaConnection, TopicNames } from "@hooklane/kafka";
import type { Parts, ServiceContext } from "@hooklane/service";
import type { DeliveryLog, Store, WorkspaceRepository } from "@hooklane/store";
import type { HealthMonitorConfig } from "./config.js";
import type { HealthMetrics } from "./health-metrics.js";
import { RepeatingTask } from "./repeating-task.js";

export type Context = ServiceContext<HealthMonitorConfig>;

/** Time for what a producer has in hand when the service stops, milliseconds. */
export const PRODUCER_STOP_MS = 1_000;

/** What several parts are made of. */
export interface Shared extends Context {
  readonly parts: Parts;
  readonly store: Store;
  readonly kafka: KafkaConnection;
  readonly topics: TopicNames;
  readonly workspaces: WorkspaceRepository;
  readonly deliveryLog: DeliveryLog;
  readonly counts: HealthMetrics;
  readonly now: () => Date;
}

/** Runs something again and again until the service stops. */
export function repeat(
  { parts, logger }: Shared,
  failureEvent: string,
  intervalMs: number,
  run: (signal: AbortSignal) => Promise<void>,
): RepeatingTask {
  const task = parts.add(new RepeatingTask({ failureEvent, intervalMs, run, logger }));
  task.start();
  return task;
}
