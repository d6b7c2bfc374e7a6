import type { GroupConsumer, Producer } from "@hooklane/kafka";
import type { Metrics } from "@hooklane/service";
import type { ConfigGate } from "./control/config-gate.js";
import type { RoutingOutcome } from "./routing/event-router.js";

/** What the router counts as it works. */
export interface RouterMetrics {
  readonly onRouted: (outcome: RoutingOutcome, deliveries: number) => void;
  readonly onReplayed: () => void;
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
    help: "Records of events.v1 by what became of them",
    labels: ["outcome"],
  });
  const deliveries = metrics.counter({
    name: "router_deliveries_total",
    help: "Records produced to deliveries.v1, repeats after a crash counted again",
  });
  const replays = metrics.counter({
    name: "router_replayed_total",
    help: "Events continued from a stored decision after a crash or rebalance",
  });
  return {
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
    help: "Partitions that stand still at a control record the configuration copy does not have yet",
    collect() {
      this.set(gate.waitingCount);
    },
  });
  metrics.gauge({
    name: "router_pending_bytes",
    help: "Records handed to the producer and not acknowledged",
    collect() {
      this.set(producer.pendingBytes);
    },
  });
  metrics.gauge({
    name: "router_lag_records",
    help: "Records of events.v1 not routed, over the partitions assigned to this process",
    collect() {
      this.set(consumer.lags.reduce((sum, { lag }) => sum + lag, 0));
    },
  });
}
