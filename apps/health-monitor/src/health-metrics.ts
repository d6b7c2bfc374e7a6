import type { GroupConsumer } from "@hooklane/kafka";
import type { Metrics } from "@hooklane/service";

/** What the health-monitor counts (lanes.md §10, "Rule"). */
export function createHealthMetrics(metrics: Metrics) {
  return {
    results: metrics.counter({
      name: "results_consumed_total",
      help: "How much is brought into the delivery log? Results read from attempts.v1, by kind",
      labels: ["kind"],
    }),
    unreadableResults: metrics.counter({
      name: "results_unreadable_total",
      help: "Do dispatchers write what nobody can read? Records of attempts.v1 that were passed over",
    }),
    repeated: metrics.counter({
      name: "deliveries_repeated_total",
      help: "How much is sent again after a takeover? Deliveries with a second first attempt; seen where the former owner had reported its own",
    }),
    disabled: metrics.counter({
      name: "webhooks_disabled_total",
      help: "Why are webhooks disabled automatically?",
      labels: ["reason"],
    }),
    tripsApplied: metrics.counter({
      name: "trips_applied_total",
      help: "How often does the shared rule trip? Counted when carried out",
    }),
    controlsSwept: metrics.counter({
      name: "control_records_swept_total",
      help: "Do processes die between a change and its announcement? Control records produced in place of one",
    }),
    plansFollowed: metrics.counter({
      name: "webhooks_plan_followed_total",
      help: "Do processes die between a change of plan and its webhooks? Webhooks locked or brought back in place of one",
    }),
    notifications: metrics.counter({
      name: "notifications_total",
      help: "Do mails and operational webhooks get out? Tries by how they ended",
      labels: ["kind", "outcome"],
    }),
    scheduledWaiting: metrics.gauge({
      name: "scheduled_events_waiting",
      help: "How many scheduled events wait? Due or not",
    }),
    scheduledOverdue: metrics.gauge({
      name: "scheduled_events_overdue_seconds",
      help: "Are scheduled events released in time? How long the oldest that is due has been waiting",
    }),
    scheduledReleased: metrics.counter({
      name: "scheduled_events_released_total",
      help: "How many scheduled events does this process put in line?",
    }),
    scheduledReleaseLate: metrics.histogram({
      name: "scheduled_release_late_seconds",
      help: "How late are scheduled events? From the time scheduled for to the release",
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200],
    }),
    resent: metrics.counter({
      name: "resends_produced_total",
      help: "How much do jobs resend? Deliveries this process put in line for them",
    }),
    resendsHeldBack: metrics.counter({
      name: "resends_held_back_total",
      help: "Does the router keep up with jobs? Turns of a job that waited for it",
    }),
    recovered: metrics.counter({
      name: "recovered_events_total",
      help: "How much do recoveries send? Events this process put in line for them, without those that enter at their ends",
    }),
    recoveriesEnded: metrics.counter({
      name: "recoveries_ended_total",
      help: "Do recoveries come to their end? By status: cancelled ones were overtaken by a change of the webhook",
      labels: ["status"],
    }),
    touchpointsWaiting: metrics.gauge({
      name: "touchpoints_waiting",
      help: "How many campaign touchpoints are scheduled and not taken up yet?",
    }),
    touchpointsLate: metrics.histogram({
      name: "touchpoint_start_late_seconds",
      help: "How late are touchpoints begun? From the due time to the start of the walk",
      buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200],
    }),
    touchpointContacts: metrics.counter({
      name: "touchpoint_contacts_produced_total",
      help: "How many contacts does this process put in line for touchpoints? What is put in line again counts again",
    }),
    touchpointsHeldBack: metrics.counter({
      name: "touchpoints_held_back_total",
      help: "Does the router keep up with touchpoints? Turns of a touchpoint that waited for it",
    }),
    touchpointsEnded: metrics.counter({
      name: "touchpoints_ended_total",
      help: "Do touchpoints come to their end? By status",
      labels: ["status"],
    }),
    backlogEndpoints: metrics.gauge({
      name: "backlog_endpoints",
      help: "How many endpoints have a backlog?",
    }),
    backlogDocuments: metrics.gauge({
      name: "backlog_documents",
      help: "How many deliveries are in the backlog?",
    }),
    backlogBytes: metrics.gauge({ name: "backlog_bytes", help: "How many bytes are in the backlog?" }),
    backlogOldest: metrics.gauge({
      name: "backlog_oldest_seconds",
      help: "How long has the oldest delivery been in the backlog? Webhooks are disabled at the quota",
    }),
    notificationsPending: metrics.gauge({
      name: "notifications_pending",
      help: "Are people told? Mails and operational webhooks promised and not sent, by kind",
      labels: ["kind"],
    }),
    notificationsOldest: metrics.gauge({
      name: "notifications_pending_oldest_seconds",
      help: "How late are they told? How long the oldest mail or operational webhook that is not sent has been promised; 0 when none waits",
      labels: ["kind"],
    }),
  };
}

export type HealthMetrics = ReturnType<typeof createHealthMetrics>;

export function observeTrips(metrics: Metrics, applier: { readonly overdue: number }): void {
  metrics.gauge({
    name: "trips_unapplied_overdue",
    help: "Are webhooks disabled in time? Trips of the shared rule that are older than 30 s and not carried out",
    collect() {
      this.set(applier.overdue);
    },
  });
}

export function observeResults(metrics: Metrics, consumer: Pick<GroupConsumer, "lags">): void {
  metrics.gauge({
    name: "delivery_log_lag_records",
    help: "Is the delivery log up to date? Records of attempts.v1 that are not in it yet, of the partitions this process has",
    labels: ["partition"],
    collect() {
      // A partition that went to another process is that one's.
      this.reset();
      for (const { partition, lag } of consumer.lags) this.set({ partition }, lag);
    },
  });
}
