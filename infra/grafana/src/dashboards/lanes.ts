import type { DashboardInput } from "../dashboard.js";
import { lines, quantiles, rate } from "../panel.js";

/** Why is something late? What the lanes of endpoints do, what is parked, and who owns what. */
export const lanes: DashboardInput = {
  uid: "hooklane-lanes",
  title: "Lanes and backlog",
  description: "Why is something late: lanes by state, memory, backlog, partitions and their leases",
  rows: [
    {
      title: "Lanes",
      panels: [
        lines({
          title: "Lanes by state",
          question: "How many endpoints have something to do, and in which state are they?",
          unit: "none",
          queries: [{ expr: "sum by (state) (hooklane_lanes)", legend: "{{state}}" }],
          stacked: true,
        }),
        lines({
          title: "Lanes that wait",
          question: "What do lanes wait for that is not their receiver?",
          unit: "none",
          queries: [
            { expr: "sum by (cause) (hooklane_lanes_waiting)", legend: "{{cause}}" },
            { expr: "sum(hooklane_retries_overdue)", legend: "retries overdue" },
          ],
        }),
        lines({
          title: "Changes of state",
          question: "Why do lanes leave the live path, and do they come back?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_lane_moves_total", "to", "cause"), legend: "to {{to}}: {{cause}}" },
          ],
        }),
      ],
    },
    {
      title: "Memory",
      panels: [
        lines({
          title: "Deliveries held",
          question: "How much of what dispatchers may hold is used?",
          unit: "bytes",
          queries: [
            { expr: "sum(hooklane_queued_bytes)", legend: "held" },
            { expr: "sum(hooklane_queue_budget_bytes)", legend: "allowed" },
          ],
        }),
        lines({
          title: "Records held",
          question: "How many deliveries are held?",
          unit: "short",
          queries: [{ expr: "sum by (instance) (hooklane_queued_records)", legend: "{{instance}}" }],
          stacked: true,
        }),
        lines({
          title: "Partitions not read",
          question: "Is memory the limit?",
          unit: "none",
          queries: [{ expr: "sum by (instance) (hooklane_partitions_paused)", legend: "{{instance}}" }],
          redFrom: 1,
        }),
      ],
    },
    {
      title: "Backlog",
      panels: [
        lines({
          title: "Deliveries in the backlog",
          question: "How much waits for receivers that fail?",
          unit: "short",
          queries: [
            { expr: "max(hooklane_backlog_documents)", legend: "deliveries" },
            { expr: "max(hooklane_backlog_endpoints)", legend: "endpoints" },
          ],
        }),
        lines({
          title: "In and out of the backlog",
          question: "Is it worked off?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_backlog_parked_total"), legend: "in" },
            { expr: rate("hooklane_backlog_deleted_total"), legend: "out" },
            { expr: rate('hooklane_deliveries_succeeded_total{pool="drain"}'), legend: "delivered of it" },
          ],
        }),
        lines({
          title: "Oldest in the backlog",
          question: "When are webhooks disabled for it? At 72 h, if nothing else is configured",
          unit: "s",
          queries: [{ expr: "max(hooklane_backlog_oldest_seconds)", legend: "oldest" }],
          redFrom: 207_360,
        }),
        lines({
          title: "Size of the backlog",
          question: "How much does it take in the database?",
          unit: "bytes",
          queries: [{ expr: "max(hooklane_backlog_bytes)", legend: "bytes" }],
        }),
        lines({
          title: "A write to the backlog",
          question: "How long does parking take?",
          unit: "s",
          queries: quantiles("hooklane_backlog_park_seconds"),
        }),
      ],
    },
    {
      title: "Partitions",
      panels: [
        lines({
          title: "Watermarks",
          question: "Does a partition stand still? Not above 15 s while MongoDB is up",
          unit: "s",
          queries: [{ expr: "max by (partition) (hooklane_watermark_lag_seconds)", legend: "{{partition}}" }],
          redFrom: 30,
        }),
        lines({
          title: "Above the watermark",
          question: "How much would be read again after a crash?",
          unit: "short",
          queries: [{ expr: "sum by (partition) (hooklane_watermark_lag_records)", legend: "{{partition}}" }],
        }),
        lines({
          title: "Leases",
          question: "Are leases renewed in time?",
          unit: "s",
          queries: [{ expr: "min by (partition) (hooklane_lease_left_seconds)", legend: "{{partition}}" }],
          redBelow: 5,
        }),
        lines({
          title: "Owners",
          question: "Is the load shared, and nothing without an owner?",
          unit: "none",
          queries: [
            { expr: "sum by (instance) (hooklane_partitions_owned)", legend: "{{instance}}" },
            { expr: "max(hooklane_partitions_unowned)", legend: "without an owner" },
          ],
        }),
        lines({
          title: "Changes of owners",
          question: "Do partitions change hands often, and are any lost?",
          unit: "short",
          queries: [
            { expr: "sum(increase(hooklane_partition_claims_total[$__rate_interval]))", legend: "claimed" },
            { expr: "sum(increase(hooklane_partition_fenced_total[$__rate_interval]))", legend: "lost" },
          ],
        }),
        lines({
          title: "Gaps of changes",
          question: "For how long did nobody work on a partition when it changed hands?",
          unit: "s",
          queries: [
            {
              expr: "histogram_quantile(0.99, sum by (le, after) (rate(hooklane_partition_handover_gap_seconds_bucket[$__rate_interval])))",
              legend: "after {{after}}",
            },
          ],
          redFrom: 20,
        }),
        lines({
          title: "A checkpoint",
          question: "How long does a checkpoint take? Leases are renewed by it",
          unit: "s",
          queries: quantiles("hooklane_checkpoint_seconds"),
        }),
        lines({
          title: "Size of a checkpoint",
          question: "How large are they? They grow with the lanes that are not live",
          unit: "bytes",
          queries: quantiles("hooklane_checkpoint_bytes"),
        }),
        lines({
          title: "Repeats",
          question: "How much was read twice and dropped, and how much sent twice after a takeover?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_repeats_dropped_total"), legend: "dropped" },
            { expr: rate("hooklane_deliveries_repeated_total"), legend: "sent again" },
          ],
        }),
      ],
    },
  ],
};
