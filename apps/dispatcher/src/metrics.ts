import { latencyBucketsSeconds, type Metrics } from "@hooklane/service";
import type { LaneCensus } from "@hooklane/lanes";
import type { SocketsCensus } from "./sending/create-sender.js";

/** What is read when somebody asks for the metrics. */
export interface MetricsSource {
  lanes(): Readonly<LaneCensus>;
  /** Seconds the oldest unsettled delivery has been in its lane; 0 when there is none. */
  oldestHeadSeconds(): number;
  inFlight(): number;
  sockets(): SocketsCensus;
  queued(): { readonly records: number; readonly bytes: number };
  resultsPending(): number;
  /** Records read and not yet below the watermark, all partitions. */
  watermarkLag(): number;
  /** Records in the log and not yet below the watermark, all partitions. */
  lag(): number;
  partitions(): number;
  leaseLeftSeconds(): number;
  breakers(): { readonly failing: number; readonly open: number };
}

export type DispatcherMetrics = ReturnType<typeof createDispatcherMetrics>;

/** The dispatcher's metrics (lanes.md §10). No label carries an id. */
export function createDispatcherMetrics(metrics: Metrics) {
  return {
    attempts: metrics.counter({
      name: "attempts_total",
      help: "Requests made, by outcome and by number of the attempt (4 stands for 4 and more)",
      labels: ["outcome", "number"],
    }),
    deliveries: metrics.counter({
      name: "deliveries_settled_total",
      help: "Deliveries settled, by how",
      labels: ["status", "reason"],
    }),
    attemptSeconds: metrics.histogram({
      name: "attempt_seconds",
      help: "From the start of a request to its status line",
      buckets: latencyBucketsSeconds,
    }),
    firstAttemptLatencySeconds: metrics.histogram({
      name: "first_attempt_latency_seconds",
      help: "From the acceptance of an event to the start of its first request",
      buckets: latencyBucketsSeconds,
    }),
    checkpointSeconds: metrics.histogram({
      name: "checkpoint_seconds",
      help: "Time of a partition's checkpoint",
      buckets: latencyBucketsSeconds,
    }),
    deferred: metrics.counter({
      name: "own_faults_total",
      help: "Requests that failed on our own side and count for nothing",
      labels: ["fault"],
    }),
    refused: metrics.counter({
      name: "requests_refused_total",
      help: "Requests refused in the tick they would have been written: lease, status or breaker",
    }),
    claims: metrics.counter({ name: "partition_claims_total", help: "Partitions claimed" }),
    fenced: metrics.counter({
      name: "partition_fenced_total",
      help: "Partitions lost to another dispatcher",
    }),
    parked: metrics.counter({ name: "backlog_parked_total", help: "Deliveries written to the backlog" }),
    collected: metrics.counter({
      name: "backlog_deleted_total",
      help: "Deliveries deleted from the backlog",
    }),
    parkSeconds: metrics.histogram({
      name: "backlog_park_seconds",
      help: "Time of a write to the backlog, with its repetitions",
      buckets: latencyBucketsSeconds,
    }),
    laneMoves: metrics.counter({
      name: "lane_moves_total",
      help: "Lanes that changed state, by the new state and by why",
      labels: ["to", "cause"],
    }),
    repeatsDropped: metrics.counter({
      name: "repeats_dropped_total",
      help: "Records resolved before: repeated fan-outs, and what an earlier owner had done",
    }),
    unreadable: metrics.counter({
      name: "unreadable_deliveries_total",
      help: "Records of deliveries.v1 nobody can read, kept in rejected.v1",
    }),
  };
}

/** Gauges over the state, read when scraped. */
export function observe(metrics: Metrics, source: MetricsSource): void {
  const gauge = (name: string, help: string, read: () => number) =>
    metrics.gauge({
      name,
      help,
      collect() {
        this.set(read());
      },
    });
  metrics.gauge({
    name: "lanes",
    help: "Lanes with something to do, by state; holding, deferred and overdue ones are counted under their state too",
    labels: ["state"],
    collect() {
      for (const [state, count] of Object.entries(source.lanes())) this.set({ state }, count);
    },
  });
  metrics.gauge({
    name: "webhook_breakers",
    help: "Breakers of failing webhooks, by state",
    labels: ["state"],
    collect() {
      const { failing, open } = source.breakers();
      this.set({ state: "open" }, open);
      this.set({ state: "closed" }, failing - open);
    },
  });
  gauge("oldest_head_seconds", "How long the oldest unsettled delivery has been in its lane", () =>
    source.oldestHeadSeconds(),
  );
  gauge("requests_in_flight", "Requests in flight, those that wait for a socket too", () =>
    source.inFlight(),
  );
  metrics.gauge({
    name: "sockets_in_use",
    help: "Sockets to receivers in use, by pool",
    labels: ["pool"],
    collect() {
      for (const [pool, { inUse }] of Object.entries(source.sockets().pools)) this.set({ pool }, inUse);
    },
  });
  metrics.gauge({
    name: "sockets_waiting",
    help: "Requests that wait for a socket, of their pool or of their origin, by pool",
    labels: ["pool"],
    collect() {
      for (const [pool, { waiting }] of Object.entries(source.sockets().pools)) this.set({ pool }, waiting);
    },
  });
  gauge("sockets_idle", "Idle sockets to receivers", () => source.sockets().idle);
  gauge("queued_records", "Deliveries held in memory", () => source.queued().records);
  gauge("queued_bytes", "Bytes of deliveries held in memory", () => source.queued().bytes);
  gauge("results_pending", "Results not yet acknowledged by Kafka", () => source.resultsPending());
  gauge("watermark_lag_records", "Records taken in and not yet below the watermark", () =>
    source.watermarkLag(),
  );
  gauge("delivery_lag_records", "Records in the log and not yet below the watermark", () => source.lag());
  gauge("partitions_owned", "Partitions owned", () => source.partitions());
  gauge("lease_left_seconds", "What is left of the shortest lease", () => source.leaseLeftSeconds());
}
