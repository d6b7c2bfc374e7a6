import type { GroupConsumer, Producer } from "@hooklane/kafka";
import type { Metrics } from "@hooklane/service";
import type { ConfigGate } from "./control/config-gate.js";
import type { RoutingOutcome } from "./routing/event-router.js";

/** What the router counts as it works. */
export interface RouterMetrics {
  readonly onRouted: (outcome: RoutingOutcome, deliveries: number) => void;
  readonly onReplayed: () => void;
  /** The log of a partition was found to be another one. */
  readonly onReplaced: () => void;
}

/** What is looked at when metrics are asked for. */
export interface RouterGauges {
  readonly gate: Pick<ConfigGate, "waitingCount">;
  readonly producer: Pick<Producer, "pendingBytes">;
  readonly consumer: Pick<GroupConsumer, "lags">;
}

export function createRouterMetrics(metrics: Metrics): RouterMetrics {
  const records = metrics.counter({
    name: "router_records_total",
    help: "How many records of events.v1 are routed, and what becomes of them?",
    labels: ["outcome"],
  });
  const deliveries = metrics.counter({
    name: "router_deliveries_total",
    help: "How many deliveries do they make? Repeats after a crash counted again",
  });
  const replays = metrics.counter({
    name: "router_replayed_total",
    help: "How often did a crash or a rebalance interrupt it? Events continued from a stored decision",
  });
  const replaced = metrics.counter({
    name: "router_log_alarms_total",
    help: "Is events.v1 in order? Partitions of it that were found cut or made anew, as on another cluster",
  });
  // There from the start: a rise from nothing is not seen as a rise.
  replaced.inc(0);
  return {
    onReplaced: () => replaced.inc(),
    onRouted: (outcome, count) => {
      records.inc({ outcome });
      if (count > 0) deliveries.inc(count);
    },
    onReplayed: () => replays.inc(),
  };
}

export function addRouterGauges(metrics: Metrics, { gate, producer, consumer }: RouterGauges): void {
  metrics.gauge({
    name: "router_waiting_partitions",
    help: "Is the copy of the configuration behind? Partitions that stand still at a control record it does not have yet",
    collect() {
      this.set(gate.waitingCount);
    },
  });
  metrics.gauge({
    name: "router_pending_bytes",
    help: "Does Kafka take the deliveries? Records handed to the producer and not acknowledged",
    collect() {
      this.set(producer.pendingBytes);
    },
  });
  metrics.gauge({
    name: "router_lag_records",
    help: "Does it keep up with events.v1? Records not routed, of the partitions this process has",
    labels: ["partition"],
    collect() {
      // A partition that went to another process is that one's.
      this.reset();
      for (const { partition, lag } of consumer.lags) this.set({ partition }, lag);
    },
  });
}
