import type { Metrics } from "@hooklane/service";

/** What the health-monitor counts (lanes.md §10, "Rule"). */
export function createHealthMetrics(metrics: Metrics) {
  return {
    results: metrics.counter({
      name: "results_consumed_total",
      help: "Results read from attempts and brought into the delivery log",
      labels: ["kind"],
    }),
    unreadableResults: metrics.counter({
      name: "results_unreadable_total",
      help: "Records of attempts that could not be read and were passed over",
    }),
    disabled: metrics.counter({
      name: "webhooks_disabled_total",
      help: "Webhooks disabled automatically",
      labels: ["reason"],
    }),
    tripsApplied: metrics.counter({
      name: "trips_applied_total",
      help: "Trips of the shared rule carried out",
    }),
    tripsOverdue: metrics.gauge({
      name: "trips_unapplied_overdue",
      help: "Trips of the shared rule that are older than 30 s and not carried out",
    }),
    controlsSwept: metrics.counter({
      name: "control_records_swept_total",
      help: "Control records produced in place of a process that died",
    }),
    notifications: metrics.counter({
      name: "notifications_total",
      help: "Tries to send a mail or an operational webhook, by how they ended",
      labels: ["kind", "outcome"],
    }),
    notificationsPending: metrics.gauge({
      name: "notifications_pending",
      help: "Mails and operational webhooks promised and not sent",
      labels: ["kind"],
    }),
  };
}

export type HealthMetrics = ReturnType<typeof createHealthMetrics>;
