import type { DashboardInput } from "../dashboard.js";
import { lines, rate } from "../panel.js";

/** Lag of every topic by partition, as our consumers know it; what producers have in hand; what cannot be read. */
export const kafka: DashboardInput = {
  uid: "hooklane-kafka",
  title: "Kafka",
  description:
    "How far is each consumer, by topic and partition, and does Kafka take what is written? The brokers' own metrics are not here",
  rows: [
    {
      title: "Lag by partition",
      panels: [
        lines({
          title: "inbound.v1",
          question: "Does the ingestor keep up?",
          unit: "short",
          queries: [{ expr: "sum by (partition) (hooklane_ingest_lag_records)", legend: "{{partition}}" }],
          stacked: true,
        }),
        lines({
          title: "events.v1",
          question: "Does the router keep up?",
          unit: "short",
          queries: [{ expr: "sum by (partition) (hooklane_router_lag_records)", legend: "{{partition}}" }],
          stacked: true,
        }),
        lines({
          title: "deliveries.v1",
          question: "How much is still to be done? Also what waits behind retries, until it is parked",
          unit: "short",
          queries: [{ expr: "sum by (partition) (hooklane_delivery_lag_records)", legend: "{{partition}}" }],
          stacked: true,
        }),
        lines({
          title: "deliveries.v1, in time",
          question: "How old is what is taken in, while there is more?",
          unit: "s",
          queries: [{ expr: "max by (partition) (hooklane_delivery_lag_seconds)", legend: "{{partition}}" }],
          redFrom: 60,
        }),
        lines({
          title: "attempts.v1",
          question: "Is the delivery log up to date?",
          unit: "short",
          queries: [
            { expr: "sum by (partition) (hooklane_delivery_log_lag_records)", legend: "{{partition}}" },
          ],
          stacked: true,
        }),
      ],
    },
    {
      title: "Writing",
      panels: [
        lines({
          title: "Not acknowledged",
          question: "Does Kafka take what is written?",
          unit: "bytes",
          queries: [
            { expr: "sum(hooklane_ingest_pending_bytes)", legend: "events" },
            { expr: "sum(hooklane_router_pending_bytes)", legend: "deliveries" },
          ],
        }),
        lines({
          title: "Results not acknowledged",
          question: "Does Kafka take the results?",
          unit: "short",
          queries: [{ expr: "sum(hooklane_results_pending)", legend: "results" }],
        }),
        lines({
          title: "Held and in flight at the ingestor",
          question: "Is the schema registry away, and how much is on its way in?",
          unit: "bytes",
          queries: [
            { expr: "sum(hooklane_ingest_in_flight_bytes)", legend: "bodies in progress" },
            { expr: "sum(hooklane_ingest_held_partitions)", legend: "partitions held" },
          ],
        }),
      ],
    },
    {
      title: "Reading",
      panels: [
        lines({
          title: "Events routed",
          question: "What becomes of the records of events.v1?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_router_records_total", "outcome"), legend: "{{outcome}}" },
            { expr: rate("hooklane_router_deliveries_total"), legend: "deliveries made of them" },
          ],
        }),
        lines({
          title: "Results logged",
          question: "How much is brought into the delivery log?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_results_consumed_total", "kind"), legend: "{{kind}}" }],
        }),
        lines({
          title: "Standing still",
          question: "Does the router wait for its copy of the configuration?",
          unit: "none",
          queries: [{ expr: "sum(hooklane_router_waiting_partitions)", legend: "partitions" }],
        }),
        lines({
          title: "Connections and continuity",
          question: "Do dispatchers hold their connections, and does the log fit?",
          unit: "short",
          queries: [
            { expr: "sum(increase(hooklane_consumer_joins_total[$__rate_interval]))", legend: "joins" },
            { expr: "sum(increase(hooklane_consumer_gaps_total[$__rate_interval]))", legend: "gaps" },
            {
              expr: "sum(increase(hooklane_consumer_stale_batches_total[$__rate_interval]))",
              legend: "fetched in vain",
            },
            {
              expr: "sum by (kind) (increase(hooklane_log_alarms_total[$__rate_interval]))",
              legend: "{{kind}}",
            },
          ],
        }),
        lines({
          title: "Refused and unreadable",
          question: "What is kept in rejected.v1, and why?",
          unit: "short",
          queries: [
            {
              expr: 'sum by (outcome) (increase(hooklane_ingest_events_total{door="kafka",outcome!~"accepted|suppressed"}[$__rate_interval]))',
              legend: "{{outcome}}",
            },
            {
              expr: "sum(increase(hooklane_unreadable_deliveries_total[$__rate_interval]))",
              legend: "unreadable deliveries",
            },
            {
              expr: "sum(increase(hooklane_results_unreadable_total[$__rate_interval]))",
              legend: "unreadable results",
            },
          ],
        }),
        lines({
          title: "Repeated after a crash",
          question: "How often was work interrupted?",
          unit: "reqps",
          queries: [
            { expr: rate("hooklane_router_replayed_total"), legend: "events continued" },
            {
              expr: rate("hooklane_control_records_swept_total"),
              legend: "changes announced in place of one that died",
            },
          ],
        }),
      ],
    },
  ],
};
