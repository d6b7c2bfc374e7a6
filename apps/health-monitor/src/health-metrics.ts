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
    scheduledWaiting: metrics.gauge({
      name: "scheduled_events_waiting",
      help: "Scheduled events that were not released yet, due or not",
    }),
    scheduledOverdue: metrics.gauge({
      name: "scheduled_events_overdue_seconds",
      help: "How long the oldest scheduled event that is due has been waiting for its release",
    }),
    scheduledReleased: metrics.counter({
      name: "scheduled_events_released_total",
      help: "Scheduled events put in line by this process",
    }),
    scheduledReleaseLate: metrics.histogram({
      name: "scheduled_release_late_seconds",
      help: "From the time an event was scheduled for to its release",
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200],
    }),
    backlogEndpoints: metrics.gauge({
      name: "backlog_endpoints",
      help: "Endpoints with deliveries in the backlog",
    }),
    backlogDocuments: metrics.gauge({ name: "backlog_documents", help: "Deliveries in the backlog" }),
    backlogBytes: metrics.gauge({ name: "backlog_bytes", help: "Bytes of the deliveries in the backlog" }),
    backlogOldest: metrics.gauge({
      name: "backlog_oldest_seconds",
      help: "How long the oldest delivery has been in the backlog",
    }),
    notificationsPending: metrics.gauge({
      name: "notifications_pending",
      help: "Mails and operational webhooks promised and not sent",
      labels: ["kind"],
    }),
  };
}

export type HealthMetrics = ReturnType<typeof createHealthMetrics>;
