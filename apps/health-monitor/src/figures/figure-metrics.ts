import type { Metrics } from "@hooklane/service";

/** Gauges over the whole installation, as of the last look at the database. */
export function createFigureMetrics(metrics: Metrics) {
  return {
    ruleErrorsHighest: metrics.gauge({
      name: "rule_errors_highest",
      help: "How near is the next trip of the shared rule? Errors that count now, of the workspace with the most; the 31st trips it",
    }),
    ruleWorkspaces: metrics.gauge({
      name: "rule_workspaces",
      help: "How many workspaces have errors that count? some: below 20; near: 20 and more, of the 30 that are allowed",
      labels: ["errors"],
    }),
    webhooks: metrics.gauge({
      name: "webhooks",
      help: "How many webhooks are there, and how many are disabled?",
      labels: ["status"],
    }),
    partitions: metrics.gauge({
      name: "partitions",
      help: "How many partitions does deliveries.v1 have? Those dispatchers know",
    }),
    partitionsUnowned: metrics.gauge({
      name: "partitions_unowned",
      help: "Is there a partition nobody works on? Given back or with a lease that has run out, by the database's clock, whether dispatchers run or not",
    }),
    databaseDataBytes: metrics.gauge({
      name: "mongodb_data_bytes",
      help: "How much do we keep in MongoDB? Documents and indexes of the database, as stored",
    }),
    databaseDiskUsedBytes: metrics.gauge({
      name: "mongodb_disk_used_bytes",
      help: "How full is MongoDB's disk? Used by whoever on the file system of its data",
    }),
    databaseDiskBytes: metrics.gauge({
      name: "mongodb_disk_bytes",
      help: "How large is MongoDB's disk? 0 where it does not tell",
    }),
    databasePingSeconds: metrics.gauge({
      name: "mongodb_ping_seconds",
      help: "Does MongoDB answer? How long its primary took for the simplest call",
    }),
  };
}

export function observeFigures(metrics: Metrics, watch: { readonly ageSeconds: number }): void {
  metrics.gauge({
    name: "figures_age_seconds",
    help: "Are the gauges of the whole installation current? How long ago the database was looked at with success",
    collect() {
      this.set(watch.ageSeconds);
    },
  });
}

export type FigureMetrics = ReturnType<typeof createFigureMetrics>;
