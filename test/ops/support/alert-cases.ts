/** What a Prometheus knows: series with their values, one a step, as promtool writes them. */
type Series = Readonly<Record<string, string>>;

/** A state of things, and what an alert makes of it. */
export interface AlertCase {
  readonly because: string;
  readonly series: Series;
  /** When it is looked at, since the first value. */
  readonly at: string;
  /** The labels of each alert that fires beside its rule's own; none when it must not fire. */
  readonly fires: readonly Readonly<Record<string, string>>[];
}

const dispatcher = (metric: string, values: string, labels = ""): Series => ({
  [`${metric}{service="dispatcher",instance="a"${labels}}`]: values,
});
const monitor = (metric: string, values: string, labels = ""): Series => ({
  [`${metric}{service="health-monitor",instance="h"${labels}}`]: values,
});

const requests = (faults: string, sent: string): Series => ({
  ...dispatcher("hooklane_own_faults_total", faults, ',fault="aborted"'),
  ...dispatcher("hooklane_requests_total", sent, ',pool="live"'),
});
const latencies = (within5s: string, all: string): Series => ({
  ...dispatcher("hooklane_live_latency_seconds_bucket", within5s, ',le="5"'),
  ...dispatcher("hooklane_live_latency_seconds_count", all),
});
const answers = (metric: string, bad: string, good: string): Series => ({
  [`${metric}{service="s",status="503"}`]: bad,
  [`${metric}{service="s",status="202"}`]: good,
});

const yes = { fires: [{}] } as const;
const no = { fires: [] } as const;

/** A gauge above its limit for long enough, above it for a moment only, and below it. */
function limit(
  series: (values: string) => Series,
  { above, below, at }: { above: number; below: number; at: string },
  labels: Readonly<Record<string, string>> = {},
): readonly AlertCase[] {
  return [
    { because: `${above} for long`, series: series(`${above}x60`), at, fires: [labels] },
    { because: `${above} for a moment`, series: series(`${above} ${below}x60`), at, ...no },
    { because: `${below} for long`, series: series(`${below}x60`), at, ...no },
  ];
}

/** Something that must not happen at all, and is told for a while. */
function occurrence(
  series: (values: string) => Series,
  { toldFor }: { toldFor: number },
  labels: Readonly<Record<string, string>> = {},
): readonly AlertCase[] {
  return [
    { because: "it happened once", series: series("0x5 1x60"), at: "8m", fires: [labels] },
    { because: "it never happened", series: series("0x60"), at: "20m", ...no },
    { because: "it happened long ago", series: series("0x5 1x200"), at: `${toldFor + 10}m`, ...no },
  ];
}

/** Budgets: of deliveries one in 1,000, of latency one in 100. A value every {@link STEP_MINUTES}. */
const BURNING: Readonly<Record<string, readonly AlertCase[]>> = {
  HooklaneDeliveryBudgetBurnsFast: [
    { because: "every tenth request fails", series: requests("0+10x30", "0+90x30"), at: "20m", ...yes },
    { because: "one in 100 fails for hours", series: requests("0+10x190", "0+990x190"), at: "6h", ...yes },
    { because: "one in 2,000 fails", series: requests("0+1x190", "0+1999x190"), at: "6h", ...no },
    {
      because: "it was some minutes, an hour ago",
      series: requests("0+9x3 27x50", "0+90x50"),
      at: "70m",
      ...no,
    },
    { because: "nothing is sent", series: requests("0x50", "5x50"), at: "60m", ...no },
  ],
  HooklaneDeliveryBudgetBurnsSlowly: [
    { because: "one in 500 fails for days", series: requests("0+2x150", "0+998x150"), at: "3d", ...yes },
    { because: "one in 2,000 fails", series: requests("0+1x150", "0+1999x150"), at: "3d", ...no },
    { because: "it was an hour, yesterday", series: requests("0+9x2 18x60", "0+900x60"), at: "26h", ...no },
  ],
  HooklaneLatencyBudgetBurnsFast: [
    { because: "every fifth is late", series: latencies("0+80x30", "0+100x30"), at: "20m", ...yes },
    { because: "one in 12 is late for hours", series: latencies("0+92x190", "0+100x190"), at: "6h", ...yes },
    { because: "one in 200 is late", series: latencies("0+199x190", "0+200x190"), at: "6h", ...no },
    { because: "nothing is delivered", series: latencies("5x50", "5x50"), at: "60m", ...no },
  ],
  HooklaneLatencyBudgetBurnsSlowly: [
    { because: "one in 50 is late for days", series: latencies("0+98x150", "0+100x150"), at: "3d", ...yes },
    { because: "one in 200 is late", series: latencies("0+199x150", "0+200x150"), at: "3d", ...no },
  ],
};

/** How far values and evaluations are apart, where it is not a minute: days of minutes take promtool minutes. */
export const STEP_MINUTES: Readonly<Record<string, number>> = {
  HooklaneDeliveryBudgetBurnsFast: 2,
  HooklaneDeliveryBudgetBurnsSlowly: 30,
  HooklaneLatencyBudgetBurnsFast: 2,
  HooklaneLatencyBudgetBurnsSlowly: 30,
};

const partition = { partition: "3" };

const DELIVERING: Readonly<Record<string, readonly AlertCase[]>> = {
  HooklaneDeliveriesLate: limit(
    (values) => dispatcher("hooklane_delivery_lag_seconds", values, ',partition="3"'),
    { above: 61, below: 59, at: "5m" },
  ),
  HooklaneWatermarkStuck: limit(
    (values) => dispatcher("hooklane_watermark_lag_seconds", values, ',partition="3"'),
    { above: 31, below: 15, at: "3m" },
    partition,
  ),
  HooklanePartitionUnowned: [
    ...limit((values) => monitor("hooklane_partitions_unowned", values), { above: 1, below: 0, at: "5m" }),
    {
      because: "two health-monitors look, and one has not looked again yet",
      series: {
        'hooklane_partitions_unowned{instance="h1"}': "2x10",
        'hooklane_partitions_unowned{instance="h2"}': "0x10",
      },
      at: "5m",
      ...yes,
    },
  ],
  HooklaneLeaseNotRenewed: limit(
    (values) => dispatcher("hooklane_lease_left_seconds", values, ',partition="3"'),
    { above: 2, below: 14, at: "3m" },
    partition,
  ),
  HooklaneLeaseLost: occurrence((values) => dispatcher("hooklane_partition_fenced_total", values), {
    toldFor: 15,
  }),
  HooklaneLogReplaced: occurrence(
    (values) => dispatcher("hooklane_log_alarms_total", values, ',kind="log_truncated"'),
    { toldFor: 60 },
    { kind: "log_truncated" },
  ),
  HooklaneRetriesOverdue: limit((values) => dispatcher("hooklane_retries_overdue", values), {
    above: 1,
    below: 0,
    at: "10m",
  }),
  HooklaneMemoryFull: limit((values) => dispatcher("hooklane_partitions_paused", values), {
    above: 1,
    below: 0,
    at: "15m",
  }),
  HooklaneBacklogNearQuota: limit((values) => monitor("hooklane_backlog_oldest_seconds", values), {
    above: 210_000,
    below: 200_000,
    at: "10m",
  }),
};

const COMING_IN: Readonly<Record<string, readonly AlertCase[]>> = {
  HooklaneIngestFails: [
    {
      because: "every tenth call fails",
      series: answers("hooklane_ingest_request_seconds_count", "0+10x20", "0+90x20"),
      at: "10m",
      ...yes,
    },
    {
      because: "one in a hundred fails",
      series: answers("hooklane_ingest_request_seconds_count", "0+1x20", "0+99x20"),
      at: "10m",
      ...no,
    },
    {
      because: "callers send what is refused",
      series: {
        'hooklane_ingest_request_seconds_count{status="400"}': "0+90x20",
        'hooklane_ingest_request_seconds_count{status="202"}': "0+10x20",
      },
      at: "10m",
      ...no,
    },
  ],
  HooklaneApiFails: [
    {
      because: "every tenth call fails",
      series: answers("hooklane_api_request_duration_seconds_count", "0+10x20", "0+90x20"),
      at: "12m",
      ...yes,
    },
    {
      because: "it was a moment",
      series: answers("hooklane_api_request_duration_seconds_count", "0 10x20", "0+90x20"),
      at: "12m",
      ...no,
    },
  ],
  HooklaneRecordsRejected: [
    ...occurrence(
      (values) => ({
        [`hooklane_ingest_events_total{door="kafka",outcome="unknown_event_type"}`]: values,
      }),
      { toldFor: 15 },
      { outcome: "unknown_event_type" },
    ),
    {
      because: "events are taken, and what is refused over HTTP is said to the caller",
      series: {
        'hooklane_ingest_events_total{door="kafka",outcome="accepted"}': "0+9x20",
        'hooklane_ingest_events_total{door="kafka",outcome="suppressed"}': "0+9x20",
        'hooklane_ingest_events_total{door="http",outcome="invalid_event"}': "0+9x20",
      },
      at: "10m",
      ...no,
    },
  ],
  HooklaneRecordsUnreadable: [
    ...occurrence((values) => dispatcher("hooklane_unreadable_deliveries_total", values), { toldFor: 15 }),
    ...occurrence((values) => monitor("hooklane_results_unreadable_total", values), { toldFor: 15 }),
  ],
  HooklaneConsumerLags: [
    {
      because: "two partitions of the router are behind",
      series: {
        'hooklane_router_lag_records{service="router",partition="0"}': "6000x20",
        'hooklane_router_lag_records{service="router",partition="1"}': "6000x20",
      },
      at: "15m",
      fires: [{ service: "router" }],
    },
    {
      because: "the ingestor and the delivery log are behind",
      series: {
        'hooklane_ingest_lag_records{service="event-ingestor",partition="0"}': "20000x20",
        'hooklane_delivery_log_lag_records{service="health-monitor",partition="0"}': "60000x20",
      },
      at: "15m",
      fires: [{ service: "event-ingestor" }, { service: "health-monitor" }],
    },
    {
      because: "a burst is worked off",
      series: { 'hooklane_router_lag_records{service="router",partition="0"}': "20000x5 0x20" },
      at: "15m",
      ...no,
    },
  ],
  HooklaneScheduledLate: [
    ...limit((values) => monitor("hooklane_scheduled_events_overdue_seconds", values), {
      above: 61,
      below: 5,
      at: "5m",
    }),
    ...limit((values) => monitor("hooklane_contact_events_overdue_seconds", values), {
      above: 61,
      below: 5,
      at: "5m",
    }),
  ],
};

const up = (service: string, values: string): Series => ({
  [`up{job="hooklane",service="${service}"}`]: values,
});
const SERVICES = ["subscription-api", "event-ingestor", "router", "dispatcher", "health-monitor"];
const upOf = (services: readonly string[]): Series =>
  Object.fromEntries(services.flatMap((service) => Object.entries(up(service, "1x20"))));
const allUp = upOf(SERVICES);

const OPERATING: Readonly<Record<string, readonly AlertCase[]>> = {
  HooklaneTripsUnapplied: limit((values) => monitor("hooklane_trips_unapplied_overdue", values), {
    above: 1,
    below: 0,
    at: "4m",
  }),
  HooklaneNotificationsLate: limit(
    (values) => monitor("hooklane_notifications_pending_oldest_seconds", values, ',kind="mail"'),
    { above: 901, below: 60, at: "10m" },
    { kind: "mail" },
  ),
  HooklaneProcessDown: [
    {
      because: "one of two does not answer",
      series: { ...allUp, 'up{job="hooklane",service="router",instance="r2"}': "0x20" },
      at: "5m",
      fires: [{ job: "hooklane", service: "router", instance: "r2" }],
    },
    {
      because: "services of a chart are named after it",
      series: { 'up{job="hooklane",service="prod-hooklane-router"}': "0x20" },
      at: "5m",
      fires: [{ job: "hooklane", service: "prod-hooklane-router" }],
    },
    { because: "all answer", series: allUp, at: "5m", ...no },
    { because: "another's service is down", series: { 'up{service="grafana"}': "0x20" }, at: "5m", ...no },
  ],
  HooklaneServiceMissing: [
    {
      because: "no dispatcher answers, and the router is not known at all",
      series: { ...upOf(SERVICES.filter((each) => each !== "router")), ...up("dispatcher", "0x20") },
      at: "5m",
      fires: [{ service: "router" }, { service: "dispatcher" }],
    },
    { because: "one of each answers", series: allUp, at: "5m", ...no },
  ],
  HooklaneEventLoopBusy: limit(
    (values) => dispatcher("nodejs_eventloop_lag_p99_seconds", values),
    { above: 0.6, below: 0.05, at: "15m" },
    { service: "dispatcher", instance: "a" },
  ),
  HooklaneFileDescriptorsShort: [
    {
      because: "nine tenths are open",
      series: { ...dispatcher("process_open_fds", "900x20"), ...dispatcher("process_max_fds", "1000x20") },
      at: "15m",
      fires: [{ service: "dispatcher", instance: "a" }],
    },
    {
      because: "half of them are open",
      series: { ...dispatcher("process_open_fds", "500x20"), ...dispatcher("process_max_fds", "1000x20") },
      at: "15m",
      ...no,
    },
  ],
  HooklaneDatabaseUnreachable: limit((values) => monitor("hooklane_figures_age_seconds", values), {
    above: 61,
    below: 5,
    at: "4m",
  }),
  HooklaneDiskFilling: disk({ full: 81, notFull: 79 }),
  HooklaneDiskFull: disk({ full: 93, notFull: 91 }),
};

function disk({ full, notFull }: { full: number; notFull: number }): readonly AlertCase[] {
  const use = (used: number, size: number): Series => ({
    ...monitor("hooklane_mongodb_disk_used_bytes", `${used}x30`),
    ...monitor("hooklane_mongodb_disk_bytes", `${size}x30`),
  });
  return [
    { because: `${full} % are used`, series: use(full, 100), at: "15m", ...yes },
    { because: `${notFull} % are used`, series: use(notFull, 100), at: "15m", ...no },
    { because: "the database does not tell", series: use(0, 0), at: "15m", ...no },
  ];
}

/** By alert: where it fires, and where it must not. */
export const ALERT_CASES: Readonly<Record<string, readonly AlertCase[]>> = {
  ...BURNING,
  ...DELIVERING,
  ...COMING_IN,
  ...OPERATING,
};
