import type { DashboardInput } from "../dashboard.js";
import { lines, quantiles, rate } from "../panel.js";

/** How are the receivers? Over all of them; one webhook's health is in the API and the console. */
export const endpoints: DashboardInput = {
  uid: "hooklane-endpoints",
  title: "Endpoints health",
  description:
    "How are the receivers, over all of them: outcomes, their time, retries, sockets, tokens. A single webhook's figures are in the API: GET /v1/webhooks/{id}/stats",
  rows: [
    {
      title: "Requests",
      panels: [
        lines({
          title: "Requests by outcome",
          question: "How do requests end?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_attempts_total", "outcome"), legend: "{{outcome}}" }],
          stacked: true,
        }),
        lines({
          title: "Requests by number of the attempt",
          question: "How much of the work is retries?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_attempts_total", "number"), legend: "attempt {{number}}" }],
          stacked: true,
        }),
        lines({
          title: "Share that succeeds",
          question: "How healthy are the receivers?",
          unit: "percentunit",
          queries: [
            {
              expr: `${rate('hooklane_attempts_total{outcome="delivered"}')} / ${rate("hooklane_attempts_total")}`,
              legend: "of all",
            },
            {
              expr: `${rate('hooklane_attempts_total{outcome="delivered",number="1"}')} / ${rate('hooklane_attempts_total{number="1"}')}`,
              legend: "of first attempts",
            },
          ],
        }),
        lines({
          title: "Time of receivers",
          question: "How long do receivers take? From the start of a request to its status line",
          unit: "s",
          queries: quantiles("hooklane_attempt_seconds"),
          redFrom: 5,
        }),
        lines({
          title: "Until the first request",
          question:
            "How soon is an event sent first? Also where an earlier event of the endpoint is being retried",
          unit: "s",
          queries: quantiles("hooklane_first_attempt_latency_seconds"),
        }),
        lines({
          title: "Deliveries by end and reason",
          question: "How are deliveries settled that did not succeed?",
          unit: "reqps",
          queries: [
            {
              expr: rate("hooklane_deliveries_settled_total", "status", "reason"),
              legend: "{{status}} {{reason}}",
            },
          ],
        }),
      ],
    },
    {
      title: "Webhooks",
      panels: [
        lines({
          title: "Webhooks by status",
          question: "How many webhooks are disabled?",
          unit: "none",
          queries: [{ expr: "max by (status) (hooklane_webhooks)", legend: "{{status}}" }],
        }),
        lines({
          title: "Webhooks that fail",
          question: "How many webhooks fail (closed) or may not be sent to (open)?",
          unit: "none",
          queries: [{ expr: "sum by (state) (hooklane_webhook_breakers)", legend: "{{state}}" }],
        }),
        lines({
          title: "Disabled",
          question: "Why are webhooks disabled automatically?",
          unit: "short",
          queries: [
            {
              expr: "sum by (reason) (increase(hooklane_webhooks_disabled_total[$__rate_interval]))",
              legend: "{{reason}}",
            },
          ],
        }),
      ],
    },
    {
      title: "Connections",
      panels: [
        lines({
          title: "Requests on their way",
          question: "How many requests are made at a time?",
          unit: "none",
          queries: [
            { expr: "sum(hooklane_requests_in_flight)", legend: "on their way" },
            { expr: "sum by (pool) (hooklane_sockets_in_use)", legend: "sockets {{pool}}" },
            { expr: "sum(hooklane_sockets_idle)", legend: "sockets kept" },
          ],
        }),
        lines({
          title: "Waiting for a socket",
          question: "Are there too few sockets?",
          unit: "none",
          queries: [{ expr: "sum by (pool) (hooklane_sockets_waiting)", legend: "{{pool}}" }],
          redFrom: 1,
        }),
        lines({
          title: "Requests by pool",
          question: "How many requests are of live, draining and retrying lanes?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_requests_total", "pool"), legend: "{{pool}}" }],
          stacked: true,
        }),
        lines({
          title: "Requests that did not leave",
          question: "How often did lease, status or breaker change while a request waited?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_requests_refused_total"), legend: "refused" }],
        }),
        lines({
          title: "Tokens",
          question: "Do token endpoints give tokens?",
          unit: "reqps",
          queries: [{ expr: rate("hooklane_token_requests_total", "outcome"), legend: "{{outcome}}" }],
        }),
      ],
    },
  ],
};
