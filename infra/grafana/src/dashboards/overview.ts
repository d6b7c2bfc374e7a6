import type { DashboardInput } from "../dashboard.js";
import { figure, lines, quantile, quantiles, rate } from "../panel.js";

/** Is everything well? The first look, and the one on the wall. */
export const overview: DashboardInput = {
  uid: "hooklane-overview",
  title: "Overview",
  description: "Is everything well: what comes in, what goes out, how late, and whose fault it is",
  rows: [
    {
      title: "Now",
      panels: [
        figure({
          title: "Events accepted",
          question: "How many events come in?",
          unit: "reqps",
          queries: [{ expr: rate('hooklane_ingest_events_total{outcome="accepted"}'), legend: "events" }],
        }),
        figure({
          title: "Deliveries made",
          question: "How many deliveries succeed?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_deliveries_succeeded_total"), legend: "deliveries" }],
        }),
        figure({
          title: "Latency, p99",
          question:
            "How long does a delivery take where nothing is wrong? From acceptance to the receiver's answer",
          unit: "s",
          queries: [{ expr: quantile("hooklane_live_latency_seconds", 0.99), legend: "p99" }],
          redFrom: 5,
        }),
        figure({
          title: "Oldest undelivered",
          question: "What has waited longest, whoever is the cause?",
          unit: "s",
          queries: [{ expr: "hooklane:oldest_undelivered_seconds:max", legend: "oldest" }],
        }),
        figure({
          title: "Delivery budget left",
          question:
            "How much of the month's error budget is left? Requests that failed on our own side use it",
          unit: "percentunit",
          queries: [{ expr: "hooklane:delivery_budget_left:ratio", legend: "left" }],
          redBelow: 0.25,
        }),
        figure({
          title: "Latency budget left",
          question:
            "How much of the month's latency budget is left? Deliveries of healthy lanes above 5 s use it",
          unit: "percentunit",
          queries: [{ expr: "hooklane:latency_budget_left:ratio", legend: "left" }],
          redBelow: 0.25,
        }),
      ],
    },
    {
      title: "In and out",
      panels: [
        lines({
          title: "Events by door and outcome",
          question: "What comes in, by which door, and what is refused?",
          unit: "reqps",
          queries: [
            {
              expr: rate("hooklane_ingest_events_total", "door", "outcome") + " > 0",
              legend: "{{door}} {{outcome}}",
            },
          ],
        }),
        lines({
          title: "Deliveries by end",
          question: "How do deliveries end?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_deliveries_settled_total", "status"), legend: "{{status}}" },
            { expr: rate("hooklane_deliveries_succeeded_total"), legend: "succeeded" },
          ],
        }),
        lines({
          title: "Latency of healthy lanes",
          question: "How long does a delivery take where nothing is wrong?",
          unit: "s",
          queries: quantiles("hooklane_live_latency_seconds"),
          redFrom: 5,
        }),
      ],
    },
    {
      title: "What is wrong",
      panels: [
        lines({
          title: "Requests by outcome",
          question: "How do requests end at the receivers?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_attempts_total", "outcome"), legend: "{{outcome}}" }],
        }),
        lines({
          title: "Faults of our own side",
          question: "Is our own side in order? They count for nothing and are made again",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_own_faults_total", "fault"), legend: "{{fault}}" }],
        }),
        lines({
          title: "Answers of the API and of POST /v1/events",
          question: "Are callers answered with errors?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_api_request_duration_seconds_count", "status"), legend: "API {{status}}" },
            { expr: rate("hooklane_ingest_request_seconds_count", "status"), legend: "events {{status}}" },
          ],
        }),
        lines({
          title: "Waiting",
          question: "Where does work pile up?",
          unit: "short",
          queries: [
            { expr: "sum(hooklane_ingest_lag_records)", legend: "to be taken in" },
            { expr: "sum(hooklane_router_lag_records)", legend: "to be routed" },
            { expr: "hooklane:delivery_lag_records:sum", legend: "to be delivered" },
            { expr: "max(hooklane_backlog_documents)", legend: "in the backlog" },
            { expr: "sum(hooklane_delivery_log_lag_records)", legend: "to be logged" },
          ],
        }),
        lines({
          title: "Oldest",
          question: "What has waited longest, and where?",
          unit: "s",
          queries: [
            { expr: "hooklane:delivery_lag_seconds:max", legend: "not taken in by dispatchers" },
            { expr: "max(hooklane_oldest_head_seconds)", legend: "in a lane" },
            { expr: "max(hooklane_backlog_oldest_seconds)", legend: "in the backlog" },
            { expr: "max(hooklane_scheduled_events_overdue_seconds)", legend: "scheduled and due" },
          ],
        }),
        lines({
          title: "Processes that answer",
          question: "How many processes of each service are there?",
          unit: "none",
          queries: [
            {
              expr: 'sum by (service) (up{service=~"(.*-)?(subscription-api|event-ingestor|router|dispatcher|health-monitor)"})',
              legend: "{{service}}",
            },
          ],
        }),
      ],
    },
  ],
};
