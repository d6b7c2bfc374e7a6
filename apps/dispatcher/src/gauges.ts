import type { SoloConsumerStats } from "@hooklane/kafka";
import type { LaneCensus } from "@hooklane/lanes";
import type { Metrics } from "@hooklane/service";
import type { SocketsCensus } from "@hooklane/outbound";

/** How a partition this process owns is doing. */
interface PartitionFigures {
  readonly partition: number;
  /** Records taken in and not below the watermark. */
  readonly watermarkLag: number;
  /** How long the record at the watermark has been with us; 0 without a lag. */
  readonly watermarkAgeSeconds: number;
  /** Records in the log and not below the watermark. */
  readonly lag: number;
  /** How old the record taken in last is; 0 when there are no more. */
  readonly lagSeconds: number;
  /** Below 0 once it is over. */
  readonly leaseLeftSeconds: number;
  readonly isPaused: boolean;
}

/** What is read when somebody asks for the metrics. */
export interface GaugeSource {
  partitions(): readonly PartitionFigures[];
  lanes(): Readonly<LaneCensus>;
  /** Seconds the oldest unsettled delivery has been in its lane; 0 when there is none. */
  oldestHeadSeconds(): number;
  inFlight(): number;
  sockets(): SocketsCensus;
  queued(): { readonly records: number; readonly bytes: number };
  /** What {@link queued} and the pages read from backlogs may take together. */
  readonly queueBudgetBytes: number;
  resultsPending(): number;
  breakers(): { readonly failing: number; readonly open: number };
  consumer(): SoloConsumerStats;
}

/** The gauges over the dispatcher's state, read when scraped (lanes.md §10). */
export function observe(metrics: Metrics, source: GaugeSource): void {
  observePartitions(metrics, source);
  observeLanes(metrics, source);
  observeSockets(metrics, source);
  observeConsumer(metrics, source);
  const gauge = gaugeMaker(metrics);
  gauge("queued_records", "How many deliveries are held in memory?", () => source.queued().records);
  gauge(
    "queued_bytes",
    "How many bytes of deliveries from the log are held in memory?",
    () => source.queued().bytes,
  );
  gauge(
    "queue_budget_bytes",
    "How much may deliveries take in memory, those read from backlogs too?",
    () => source.queueBudgetBytes,
  );
  gauge("results_pending", "Does Kafka take the results? Those not yet acknowledged", () =>
    source.resultsPending(),
  );
}

/** Of the owned partitions only: the figures of one that was given away are its new owner's. */
function observePartitions(metrics: Metrics, source: GaugeSource): void {
  const perPartition = (name: string, help: string, read: (figures: PartitionFigures) => number) =>
    metrics.gauge({
      name,
      help,
      labels: ["partition"],
      collect() {
        this.reset();
        for (const figures of source.partitions())
          this.set({ partition: String(figures.partition) }, read(figures));
      },
    });
  perPartition(
    "watermark_lag_records",
    "Which partition's watermark stands still? Records taken in and not yet below it",
    ({ watermarkLag }) => watermarkLag,
  );
  perPartition(
    "watermark_lag_seconds",
    "For how long does a watermark stand still? Since its record was taken in; not above 15 while MongoDB is up",
    ({ watermarkAgeSeconds }) => watermarkAgeSeconds,
  );
  perPartition(
    "delivery_lag_records",
    "How much is still to be done? Records in the log and not yet below the watermark",
    ({ lag }) => lag,
  );
  perPartition(
    "delivery_lag_seconds",
    "How late are deliveries taken in? How old the record taken in last is while there are more, else 0; it does not grow because a receiver fails, so dispatchers are scaled by it",
    ({ lagSeconds }) => lagSeconds,
  );
  perPartition(
    "lease_left_seconds",
    "Are leases renewed in time? What is left of each: no request starts that could outlive it, and below 0 it is over",
    ({ leaseLeftSeconds }) => leaseLeftSeconds,
  );
  const gauge = gaugeMaker(metrics);
  gauge(
    "partitions_owned",
    "Is the load shared, and nothing without an owner?",
    () => source.partitions().length,
  );
  gauge(
    "partitions_paused",
    "Is memory the limit? Owned partitions that are not read until it is freed",
    () => source.partitions().reduce((count, { isPaused }) => count + Number(isPaused), 0),
  );
}

function observeLanes(metrics: Metrics, source: GaugeSource): void {
  const gauge = gaugeMaker(metrics);
  metrics.gauge({
    name: "lanes",
    help: "How many lanes have something to do, and in which state are they?",
    labels: ["state"],
    collect() {
      const { live, retrying, draining, catching_up } = source.lanes();
      for (const [state, count] of Object.entries({ live, retrying, draining, catching_up }))
        this.set({ state }, count);
    },
  });
  metrics.gauge({
    name: "lanes_waiting",
    help: "What do lanes wait for that is not their receiver? holding: their webhook is being read; deferred: our own side failed them",
    labels: ["cause"],
    collect() {
      const { holding, deferred } = source.lanes();
      this.set({ cause: "holding" }, holding);
      this.set({ cause: "deferred" }, deferred);
    },
  });
  gauge(
    "retries_overdue",
    "Are retries made in time? Those due and not begun; what waits for a socket is in sockets_waiting",
    () => source.lanes().overdue,
  );
  gauge("oldest_head_seconds", "How long has the oldest unsettled delivery been in its lane?", () =>
    source.oldestHeadSeconds(),
  );
  metrics.gauge({
    name: "webhook_breakers",
    help: "How many webhooks fail (closed) or may not be sent to (open)?",
    labels: ["state"],
    collect() {
      const { failing, open } = source.breakers();
      this.set({ state: "open" }, open);
      this.set({ state: "closed" }, failing - open);
    },
  });
}

function observeSockets(metrics: Metrics, source: GaugeSource): void {
  const gauge = gaugeMaker(metrics);
  gauge("requests_in_flight", "How many requests are on their way? Those that wait for a socket too", () =>
    source.inFlight(),
  );
  metrics.gauge({
    name: "sockets_in_use",
    help: "How many sockets to receivers are in use, by pool?",
    labels: ["pool"],
    collect() {
      for (const [pool, { inUse }] of Object.entries(source.sockets().pools)) this.set({ pool }, inUse);
    },
  });
  metrics.gauge({
    name: "sockets_waiting",
    help: "Are there too few sockets? Requests that wait for one, of their pool or of their origin, by pool",
    labels: ["pool"],
    collect() {
      for (const [pool, { waiting }] of Object.entries(source.sockets().pools)) this.set({ pool }, waiting);
    },
  });
  gauge(
    "sockets_idle",
    "How many sockets to receivers are kept for the next request?",
    () => source.sockets().idle,
  );
}

function observeConsumer(metrics: Metrics, source: GaugeSource): void {
  const counter = (name: string, help: string, read: (stats: SoloConsumerStats) => number) =>
    metrics.counter({
      name,
      help,
      collect() {
        this.reset();
        this.inc(read(source.consumer()));
      },
    });
  counter(
    "consumer_stale_batches_total",
    "How much is fetched in vain? Batches of a partition that was paused, sought or given away meanwhile",
    ({ staleBatches }) => staleBatches,
  );
  counter(
    "consumer_gaps_total",
    "Did the log not fit where we read? Each leads to a new claim, which looks at the log",
    ({ gaps }) => gaps,
  );
  counter(
    "consumer_joins_total",
    "Does the connection to Kafka hold? Joins of the process's own group: one at the start, others after a loss or when the topic grows",
    ({ joins }) => joins,
  );
}

function gaugeMaker(metrics: Metrics) {
  return (name: string, help: string, read: () => number) =>
    metrics.gauge({
      name,
      help,
      collect() {
        this.set(read());
      },
    });
}
